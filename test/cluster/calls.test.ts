import { expect, test } from 'vitest'
import { fileOf } from './stacks.ts'
import { clusterStage } from './support.ts'

const many = fileOf(
  Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`s${index}`, { image: 'img:v1', memory: 16 }])),
)

const counted = (requests: readonly { readonly operation: string }[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const { operation } of requests) counts[operation] = (counts[operation] ?? 0) + 1
  return counts
}

test('destroying 60 services takes at most four calls a service, and reads together what is the same for all', async () => {
  const stage = clusterStage()
  stage.given(many)
  expect((await stage.deploy([many])).result.exitCode).toBe(0)
  const { result, requests } = await stage.destroy()
  expect(result).toMatchObject({ exitCode: 0, left: [] })
  const { DescribeScalableTargets = 0, GetScheduleGroup = 0, ListSchedules = 0, ...counts } = counted(requests)
  expect([DescribeScalableTargets, GetScheduleGroup, ListSchedules]).toEqual([2, 1, 2])
  expect(requests.length - DescribeScalableTargets - GetScheduleGroup - ListSchedules).toBeLessThanOrEqual(4 * 60)
  expect(counts).toMatchObject({ DescribeClusters: 2, ListEventBuses: 2, ListTasks: 1 })
})
