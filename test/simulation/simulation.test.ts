import { isEnforced } from '../policy/printed.ts'
import { describe, expect, test } from 'vitest'
import { happenings } from './happened.ts'
import { regressions } from './regressions.ts'
import { simulate } from './run.ts'
import { added, emptyTally } from './tally.ts'

/** Seeds of the smaller range; `npm run simulate` plays more. */
const most = 100
/** Seeds in which something happens that few have. */
const rare = [163, 239, 520]

describe('the simulator', () => {
  test('the same seed makes the same history, to the byte', async () => {
    for (const seed of [3, 27, 540]) {
      const [one, other] = [await simulate(seed), await simulate(seed)]
      const historyOf = ({ runs, sent, violations }: typeof one): string =>
        JSON.stringify([runs.map(({ events, result }) => [events, result]), sent, violations])
      expect(historyOf(one)).toBe(historyOf(other))
    }
  })

  test('another seed makes another history', async () => {
    const [one, other] = [await simulate(1), await simulate(2)]
    expect(JSON.stringify(one.scenario)).not.toBe(JSON.stringify(other.scenario))
  })

  test(`every invariant holds in the first ${most} seeds, in which every way to end and every fault occurs`, async () => {
    let tally = emptyTally()
    for (const seed of [...Array.from({ length: most }, (_, index) => index + 1), ...rare]) {
      const { runs, counts, violations } = await simulate(seed)
      tally = added(tally, {
        seeds: 1,
        runs: runs.length,
        counts,
        violations: violations.map((one) => ({ ...one, seed })),
      })
    }
    expect(tally.violations).toEqual([])
    for (const exit of [0, 1, 2, 3, 4, 5, 130, 143])
      expect(tally.counts[`exit ${exit}`], `exit ${exit}`).toBeGreaterThan(0)
    for (const fault of [
      'throttled',
      'serverError',
      'cutBefore',
      'cutAfter',
      'slow',
      'stale',
      'failedEntry',
      'clockJump',
      'killed',
      'disk full',
      ...(isEnforced ? [] : happenings),
    ]) {
      expect(tally.counts[fault], fault).toBeGreaterThan(0)
    }
  }, 60_000)
})

describe('bugs that the simulator once found stay fixed', () => {
  test.each(regressions)('seed $seed: $found', async ({ seed }) => {
    expect((await simulate(seed)).violations).toEqual([])
  })
})
