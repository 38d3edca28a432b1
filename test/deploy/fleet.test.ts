import { expect, it } from 'vitest'
import { beyondBucketRow, elevenRow, familiesRow, twentyRow } from '../../bench/fleet.ts'
import { floorOf } from '../../bench/fleetFloor.ts'

it.each([
  ['one service with 11 revisions to prune', elevenRow, 23],
  ['20 services, 20 targets and 11 revisions to prune', twentyRow, 104],
  ['one service with more to prune than the bucket holds', beyondBucketRow, 33],
])('a deploy of %s is as cheap as it was', async (_, row, calls) => {
  const { figures, goal, holds } = await row()
  expect({ calls: figures['calls'], throttled: figures['throttled'], goal, holds }).toEqual({
    calls,
    throttled: 0,
    goal,
    holds: true,
  })
})

it('a deploy of a fleet takes hardly longer than AWS’s buckets allow, and looks at ten services a call', async () => {
  const { figures } = await familiesRow(30, 3, { mostLooks: 70 })
  expect(figures).toMatchObject({ throttled: 0 })
  expect(figures['ratio']).toBeLessThan(1.13)
  expect(figures['looks']).toBeLessThan(70)
})

it.each([
  [{ registers: 18, updates: 0, deregisters: 0, rolloutSeconds: 0 }, 0],
  [{ registers: 27, updates: 0, deregisters: 0, rolloutSeconds: 30 }, 40],
  [{ registers: 0, updates: 54, deregisters: 0, rolloutSeconds: 0 }, 2],
  [{ registers: 18, updates: 0, deregisters: 9, rolloutSeconds: 5 }, 10],
])('the floor of %j is %d seconds', (fleet, seconds) => {
  expect(floorOf(fleet)).toBeCloseTo(seconds, 6)
})
