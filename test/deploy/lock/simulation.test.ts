import { expect, it } from 'vitest'
import { isThorough } from '../../sampled.ts'
import { simulateLocks } from './simulated.ts'

/** Each takes some milliseconds. */
const seeds = isThorough ? 2_000 : 25

it(
  'no two runs ever write to a service at one time, and no lock outlives its run by more than its TTL',
  { timeout: 600_000 },
  async () => {
    const broken: string[] = []
    const seen = new Set<string>()
    for (let seed = 1; seed <= seeds; seed++) {
      const { violations, counts } = await simulateLocks(seed)
      for (const what of Object.keys(counts)) seen.add(what)
      broken.push(...violations.map((text) => `seed ${seed}: ${text}`))
    }
    expect(broken).toEqual([])
    for (const what of ['killed', 'waited', 'lost its lock', 'released by force', 'done']) expect(seen).toContain(what)
  },
)

it.each([
  ['a lock is not given back', 1, 'kept its locks', { leave: async () => [] }],
  ['nobody asks before a write', 29, 'wrote to', { mayWrite: async () => undefined }],
])('notices when %s, at seed %d', async (_, seed, violation, plant) => {
  const { violations } = await simulateLocks(seed, (guard) => ({ ...guard, ...plant }))
  expect(violations).toContainEqual(expect.stringContaining(violation))
})
