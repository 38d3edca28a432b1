import { expect, it } from 'vitest'
import { endRows, familiesRow } from '../../bench/fleet.ts'

it.each([
  [200, 5, 400],
  [1_000, 10, 2_000],
])(
  '%d services of as many families in %d clusters take at most %d DescribeServices, and 13 % more time than AWS’s buckets do',
  async (families, clusters, mostLooks) => {
    const { figures } = await familiesRow(families, clusters, { mostLooks })
    expect(figures).toMatchObject({ throttled: 0 })
    expect(figures['ratio']).toBeLessThan(1.13)
    expect(figures['looks']).toBeLessThanOrEqual(mostLooks)
  },
  300_000,
)

it('a deploy ends soon after AWS’s own “completed”, and a one-off task soon after its end, without more looks than before', async () => {
  for (const { job, figures, holds } of await endRows(100))
    expect({ job, figures, holds }).toEqual({ job, figures, holds: true })
}, 300_000)
