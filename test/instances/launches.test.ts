import { describe, expect, it } from 'vitest'
import type { Clock } from '../../src/ground/clock.ts'
import { expectRefreshed } from './refreshed.ts'
import { type Staged, minutes as inMinutes, stage } from './support.ts'

/** Our clock, so many minutes ahead of AWS's, or behind it. */
function skewed({ clock }: Staged, minutes: number): Clock {
  return { ...clock, now: () => clock.now() + minutes * 60_000 }
}

const skews = [
  ['behind', -10],
  ['as', 0],
  ['ahead of', 10],
] as const

describe.each(skews)('with our clock %s that of AWS', (_how, minutes) => {
  it.each([5, 3])('launches that failed before a refresh do not count: a maximum of %i', async (max) => {
    const s = await stage({ max, newImage: 'ami-no-capacity' })
    const before = s.inGroup()
    s.renew()
    const began = s.clock.now()
    const first = await s.refresh({}, { clock: skewed(s, minutes) })
    expect(first).toMatchObject({ exitCode: 1, problem: { code: 'InstancesFailed' } })
    expect(first.problem?.why).toContain('Auto Scaling failed 3 times')
    expect(s.clock.now() - began).toBeLessThan(inMinutes(6))
    s.renew('ami-3')
    expect(await s.refresh({}, { clock: skewed(s, minutes) })).toMatchObject({ exitCode: 0, left: [] })
    await expectRefreshed(s, before)
  })

  it('a group that may be neither larger nor smaller loses no second instance to a rerun', async () => {
    const s = await stage({ min: 3, max: 3, newImage: 'ami-no-capacity' })
    const before = s.inGroup()
    s.renew()
    for (let run = 0; run < 3; run++) {
      const result = await s.refresh({}, { clock: skewed(s, minutes) })
      expect(result).toMatchObject({ problem: { code: 'InstancesFailed' } })
      expect(s.inGroup().filter((id) => before.includes(id))).toHaveLength(2)
      expect(s.running()).toHaveLength(3)
    }
    s.renew('ami-3')
    expect(await s.refresh({}, { clock: skewed(s, minutes) })).toMatchObject({ exitCode: 0, left: [] })
    await expectRefreshed(s, before)
  })
})
