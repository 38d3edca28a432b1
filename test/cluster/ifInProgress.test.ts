import { describe, expect, it } from 'vitest'
import { edge, fileOf, user } from './stacks.ts'
import { clusterStage } from './support.ts'

const web = (tag: string): string => fileOf({ web: { image: `web:${tag}`, memory: 256 }, user, edge })

/** A stack of which web is on its way to v2. */
async function underWay() {
  const stage = clusterStage()
  stage.given(web('v1'))
  expect((await stage.deploy([web('v1')])).result.exitCode).toBe(0)
  expect((await stage.deploy([web('v2')], {}, { wait: false })).result.exitCode).toBe(0)
  await stage.clock.sleep(5_000)
  const revision = (): unknown => stage.region().services['my-cluster/web']!.service.taskDefinition
  return { ...stage, revision }
}

const operationsOf = (writes: readonly { operation: string }[]): string[] => writes.map(({ operation }) => operation)

describe('cluster deploy while a deployment is in progress', () => {
  it('refuses with --if-in-progress refuse, and writes nothing', async () => {
    const stage = await underWay()
    const { result, writes } = await stage.deploy([web('v3')], {}, { ifInProgress: 'refuse' })
    expect([result.exitCode, writes]).toEqual([2, []])
    expect(result.problem?.problems?.[0]).toMatch(/^my-cluster\/web: deployment \S+ of my-cluster-web:2 is in progress/)
  })

  it('waits with --if-in-progress wait, and then does what still differs', async () => {
    const stage = await underWay()
    const { result, writes } = await stage.deploy([web('v2')], {}, { ifInProgress: 'wait' })
    expect([result.exitCode, writes]).toEqual([0, []])
    expect(stage.revision()).toMatch(/web:2$/)
  })

  it('stops it with --if-in-progress stop, and compares with what the service goes back to', async () => {
    const stage = await underWay()
    const again = await stage.deploy([web('v1')], {}, { ifInProgress: 'stop' })
    expect([again.result.exitCode, operationsOf(again.writes)[0]]).toEqual([0, 'StopServiceDeployment'])
    expect(await stage.diff(web('v1'))).toEqual([])
  })

  it('goes back, where it fails after that, to what ran before', async () => {
    const stage = await underWay()
    const { result } = await stage.deploy([web('crash')], {}, { ifInProgress: 'stop' })
    expect([result.exitCode, result.left]).toEqual([1, []])
    expect(stage.revision()).toMatch(/web:1$/)
  })
})
