import { expect, test } from 'vitest'
import { progress } from './progress.ts'
import { emptyTally } from './tally.ts'

test('a long range says every ten seconds how far it is, and at once which invariant breaks for the first time', () => {
  let now = 5_000
  const lines: string[] = []
  const tell = progress({ seeds: 1000, now: () => now, write: (line) => void lines.push(line) })
  const after = (milliseconds: number, seeds: number, ...broken: readonly [string, number][]): string[] => {
    now += milliseconds
    const violations = broken.map(([invariant, seed]) => ({ invariant, seed, run: 'run 1', text: 'it did not hold' }))
    tell({ ...emptyTally(), seeds, violations })
    return lines.splice(0)
  }
  expect(after(9_999, 50)).toEqual([])
  expect(after(1, 50)).toEqual(['100 of 1000 seeds, 10.0 a second, 0 violations so far'])
  expect(after(1, 50, ['a', 101], ['a', 102], ['b', 103])).toEqual([
    'VIOLATION  a\n  seed 101, run 1: it did not hold',
    'VIOLATION  b\n  seed 103, run 1: it did not hold',
  ])
  expect(after(9_999, 50, ['a', 151])).toEqual(['200 of 1000 seeds, 10.0 a second, 4 violations so far'])
})
