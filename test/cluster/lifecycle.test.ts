import { describe, expect, it } from 'vitest'
import { clusterStage, seed } from './support.ts'

describe('the example stack, from nothing to nothing', () => {
  it('is deployed, shows no changes, takes one change, is described and destroyed', async () => {
    const stage = clusterStage()
    stage.given(seed)
    const before = stage.left()

    const first = await stage.deploy([seed])
    expect(first.result).toMatchObject({ outcome: 'succeeded', exitCode: 0, left: [] })
    expect(stage.left()).toMatchObject({
      services: expect.toSatisfy(
        (names: string[]) => names.toSorted().join() === 'deeplearning,edge-service,email-worker,user-service',
      ),
      loadBalancers: ['my-cluster-edge-service-lb'],
      targetGroups: ['my-cluster-edge-service-tg'],
      listeners: ['443'],
      namespaces: ['example.sd'],
      discovery: ['user.staging', 'deeplearning.staging'],
    })
    expect(stage.left().records).toContain('staging.example.com. A')

    expect(await stage.diff(seed)).toEqual([])
    const second = await stage.deploy([seed])
    expect(second.result).toMatchObject({ outcome: 'succeeded', exitCode: 0 })
    expect(second.writes).toEqual([])

    const changed = seed.replace('path: /health', 'path: /healthy')
    expect(await stage.diff(changed)).toEqual([
      'Change the health check of target group my-cluster-edge-service-tg\n  healthcheck.path: /health → /healthy',
    ])
    const third = await stage.deploy([changed])
    expect(third.result).toMatchObject({ outcome: 'succeeded', exitCode: 0 })
    expect(third.writes.map(({ operation }) => operation)).toEqual(['ModifyTargetGroup'])

    const wanted = stage.stackOf(changed)
    const inOrder = wanted.services.toSorted((one, other) => (one.name < other.name ? -1 : 1))
    expect(await stage.describe()).toEqual({ ...wanted, services: inOrder })

    const last = await stage.destroy()
    expect(last.result).toMatchObject({ outcome: 'succeeded', exitCode: 0, left: [] })
    expect(stage.left()).toEqual(before)
  })
})
