import { expect, it } from 'vitest'
import { isThorough } from '../sampled.ts'
import { simulateLocks } from './simulated.ts'

/** Each takes some milliseconds. */
const seeds = Number(process.env['LOCK_SEEDS'] ?? (isThorough ? 2_000 : 25))

it(
  'no two runs ever write to a service at one time, and no lock outlives its run by more than its TTL',
  { timeout: 600_000 },
  async () => {
    const broken: string[] = []
    const seen = new Set<string>()
    const cpu = process.cpuUsage()
    for (let seed = 1; seed <= seeds; seed++) {
      const { violations, counts } = await simulateLocks(seed)
      for (const what of Object.keys(counts)) seen.add(what)
      broken.push(...violations.map((text) => `seed ${seed}: ${text}`))
    }
    console.log(process.cpuUsage(cpu), seen)
    expect(broken).toEqual([])
    for (const what of ['killed', 'waited', 'lost its lock', 'released by force', 'done']) expect(seen).toContain(what)
  },
)

it.each([
  ['a lock is not given back', 'kept its locks', { leave: async () => [] }],
  ['nobody asks before a write', 'wrote to', { mayWrite: async () => undefined }],
])(
  'notices when %s',
  async (_, violation, plant) => {
    let [seed, found] = [1, '']
    for (; seed <= 100 && !found; seed++) {
      const { violations } = await simulateLocks(seed, (guard) => ({ ...guard, ...plant }))
      found = violations.find((text) => text.includes(violation)) ?? ''
    }
    console.log(seed, found)
    expect(found).not.toBe('')
  },
  600_000,
)
