// A service that is already being deleted when a deploy begins: an earlier run was killed, or one goes on beside it.
import { describe, expect, it } from 'vitest'
import { atOnceIn, tellingOf, upTo } from './atOnce.ts'
import { type Keys, fileOf, scaled } from './stacks.ts'
import { type Stage, clusterStage, worldOf } from './support.ts'

const cluster = 'my-cluster'
const web = { image: 'web:v1', memory: 256 }
const onFargate = { launch_type: 'FARGATE', cpu: 256, memory: 512, network_mode: 'awsvpc' }
const file = (keys: Keys = {}): string => fileOf({ web: { ...web, ...keys } })
const world = await worldOf(file())
const target = {
  ServiceNamespace: 'ecs',
  ResourceId: 'service/my-cluster/web',
  ScalableDimension: 'ecs:service:DesiredCount',
}
const service = (stage: Stage) => stage.region().services['my-cluster/web']!.service
const destroy = (stage: Stage) => stage.call('ecs', 'DeleteService', { cluster, service: 'web', force: true })

/** A service with settings made by hand, and how others scale it. */
async function byHand(): Promise<Stage> {
  const stage = clusterStage({ world })
  const set = { propagateTags: 'SERVICE', enableECSManagedTags: true, desiredCount: 4 }
  stage.call('ecs', 'UpdateService', { cluster, service: 'web', ...set })
  stage.call('applicationautoscaling', 'RegisterScalableTarget', { ...target, MinCapacity: 3, MaxCapacity: 9 })
  await stage.clock.sleep(300_000)
  // The local AWS comes up to the clock once it is asked something.
  await stage.warned(file())
  return stage
}
const has = (stage: Stage): object => {
  const { status, propagateTags, enableECSManagedTags, desiredCount, launchType, taskDefinition } = service(stage)
  const { scalableTargets } = stage.standing()
  return { status, propagateTags, enableECSManagedTags, desiredCount, launchType, taskDefinition, scalableTargets }
}

describe('a service that is being deleted', () => {
  it('is created with what ECS still shows of it, which is said', async () => {
    const stage = await byHand()
    const before = has(stage)
    destroy(stage)
    const next = file(onFargate)
    expect(await stage.warned(next)).toEqual([
      'Service web is already being deleted. The new one keeps the settings that ECS still shows, but not its desired count: 4 is used.',
      'Application Auto Scaling gives service web 3 to 9 tasks, which the file does not set. It begins with 4.',
      'Service web has the tags of the service on its tasks. The file does not set it; it stays.',
      'Service web has the managed tags of ECS on its tasks. The file does not set it; it stays.',
    ])
    // Nothing is deleted that is not being deleted already, so that no --replace is needed.
    const { result, writes } = await stage.deploy([next])
    expect(result).toMatchObject({ exitCode: 0, left: [] })
    expect(writes.map(({ operation }) => operation)).not.toContain('DeleteService')
    expect(has(stage)).toEqual({ ...before, launchType: 'FARGATE', taskDefinition: expect.stringMatching(/web:2$/) })
    expect((await stage.deploy([next])).writes).toEqual([])
  })

  it('is created again as it was where the new one fails', async () => {
    const stage = await byHand()
    const before = has(stage)
    destroy(stage)
    const { result } = await stage.deploy([file({ ...onFargate, image: 'web:crash' })])
    expect(result).toMatchObject({ exitCode: 1, outcome: 'restored', left: [] })
    expect(has(stage)).toEqual(before)
  })

  it('has as many tasks as the file says where nothing scales it', async () => {
    const stage = clusterStage({ world })
    destroy(stage)
    expect((await stage.deploy([file({ desired_count: 2 })])).result).toMatchObject({ exitCode: 0, left: [] })
    expect(service(stage).desiredCount).toBe(2)
  })

  it('is not gone back to where it has never completed a rollout, which is said', async () => {
    const stage = clusterStage()
    stage.given(file())
    await stage.deploy([file({ image: 'web:crash' })], {}, { wait: false })
    destroy(stage)
    const { result, events } = await stage.deploy([file({ image: 'web:crash' })])
    expect(result).toMatchObject({ exitCode: 1, left: [] })
    expect(events).toContainEqual(
      expect.objectContaining({
        text: 'Service web was deleted before its first rollout had completed: on failure it is not created again.',
      }),
    )
    expect(stage.left().services).toEqual([])
  })

  it('leaves nothing to the new one where it is somebody else’s', async () => {
    const stage = await byHand()
    stage.call('ecs', 'UntagResource', { resourceArn: service(stage).serviceArn, tagKeys: ['ecs-task:service'] })
    destroy(stage)
    expect((await stage.deploy([file()])).result).toMatchObject({ exitCode: 0, left: [] })
    expect(service(stage)).toMatchObject({ status: 'ACTIVE', propagateTags: 'NONE' })
  })
})

it('a service that is gone leaves nothing to the new one, and is not gone back to, which is said', async () => {
  const stage = await byHand()
  destroy(stage)
  await stage.clock.sleep(120_000)
  const said =
    'Service web was deleted a short while ago: nothing set by hand on it is kept, and on failure it is not created again.'
  expect(await stage.warned(file())).toEqual([said])
  const { result } = await stage.deploy([file({ image: 'web:crash' })])
  expect(result).toMatchObject({ exitCode: 1, left: [] })
  expect(stage.left().services).toEqual([])
})

it('of two runs of which the second finds the service DRAINING and fails, the service is there as it was', async () => {
  const big = (max: number, keys: Keys = {}): string =>
    fileOf({ web: { ...scaled, auto_scaling: { ...scaled.auto_scaling, max }, ...keys } })
  const before = await worldOf(big(20))
  const crash = { launch_type: 'FARGATE', cpu: 256, memory: 512, image: 'web:crash' }
  for (const at of [19, 20, 21]) {
    const { results, stands } = await atOnceIn(
      before,
      { file: big(20, crash), after: 0, latency: upTo(40, at) },
      { file: big(21, crash), after: at * 60, latency: upTo(40, at + 100) },
    )
    const told = tellingOf({ at }, results)
    expect(results, told).toMatchObject([
      { exitCode: 5, left: [] },
      { exitCode: 1, outcome: 'restored', left: [] },
    ])
    expect(stands['services'], told).toMatchObject({ web: { status: 'ACTIVE', launchType: 'EC2' } })
    expect(Object.values(stands['scalableTargets']!), told).toMatchObject([{ MinCapacity: 2, MaxCapacity: 20 }])
    expect(Object.keys(stands['scalingPolicies']!), told).toHaveLength(3)
  }
})

it('a way back leads the listener to the target group before, also where a killed run has led it away', async () => {
  const balanced = (keys: Keys = {}): string => fileOf({ web: { ...scaled, auto_scaling: undefined, ...keys } })
  const before = await worldOf(balanced())
  const next = balanced({ launch_type: 'FARGATE', cpu: 256, memory: 512, image: 'web:crash' })
  const { requests } = await clusterStage({ world: before }).deploy([next], { replace: true })
  const call = requests.findIndex(({ operation }) => operation === 'ModifyListener') + 1
  const stage = clusterStage({ world: before })
  expect(await stage.killedDeploy({ call, when: 'after' }, [next], { replace: true })).toBe(true)
  const { result } = await stage.deploy([next], { replace: true })
  expect(result).toMatchObject({ exitCode: 1, left: [] })
  expect(stage.standing()).toMatchObject({ services: { web: { status: 'ACTIVE', launchType: 'EC2' } } })
})
