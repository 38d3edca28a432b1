import { describe, expect, it } from 'vitest'
import { clusterStage } from './support.ts'

const file = (image: string): string => `services:\n  - web:\n      image: ${image}\n      memory: 256\n`

describe('the last line of a stack', () => {
  it('whose image crashes and that nobody waits for does not say that it is deployed', async () => {
    const stage = clusterStage()
    stage.given(file('img:crash'))
    const { result } = await stage.deploy([file('img:crash')], {}, { wait: false })
    expect(result.summary).toBe('Started deploying 1 service to cluster my-cluster; not waiting for it (--no-wait).')
  })

  it('that changes nothing does not say that it is up to date while a rollout of it still goes on', async () => {
    const stage = clusterStage()
    stage.given(file('img:crash'))
    await stage.deploy([file('img:crash')], {}, { wait: false })
    const { result, writes } = await stage.deploy([file('img:crash')], {}, { wait: false })
    expect([result.exitCode, writes]).toEqual([0, []])
    expect(result.summary).toBe(
      'No changes to cluster my-cluster; web is still rolling out, not waiting for it (--no-wait).',
    )
  })
})

describe('the way back of a stack', () => {
  it('goes to the last revision that was successful, never to one that has not completed', async () => {
    const stage = clusterStage()
    stage.given(file('img:v1'))
    await stage.deploy([file('img:v1')])
    await stage.deploy([file('img:crash')], {}, { wait: false })
    const { result } = await stage.deploy([file('img:no-pull')])
    expect(result).toMatchObject({ exitCode: 1, left: [] })
    const { service } = stage.region().services['my-cluster/web']!
    expect(service.taskDefinition).toMatch(/my-cluster-web:1$/)
    expect(service).toMatchObject({ runningCount: 1, deployments: [{ rolloutState: 'COMPLETED' }] })
  })
})
