import { expect, it } from 'vitest'
import { simulateLocks } from './simulated.ts'

it('never lets two runs write', { timeout: 600_000 }, async () => {
  const began = performance.now()
  const total: Record<string, number> = {}
  const bad: unknown[] = []
  for (let seed = 1; seed <= 100; seed++) {
    const { violations, counts } = await simulateLocks(seed)
    for (const [k, v] of Object.entries(counts)) total[k] = (total[k] ?? 0) + v
    if (violations.length) bad.push([seed, ...violations])
  }
  console.log(total, performance.now() - began)
  expect(bad).toEqual([])
})
