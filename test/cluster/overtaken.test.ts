// Somebody else makes, replaces or deletes a service of a run meanwhile: nothing is done to theirs, and no command is named for it.
import { describe, expect, it } from 'vitest'
import { atOnceIn, lags, tellingOf, upTo } from './atOnce.ts'
import { edge, fileOf, scaled } from './stacks.ts'
import { clusterStage, denying, operations, worldOf } from './support.ts'

const onFargate = { launch_type: 'FARGATE', cpu: 256, memory: 512 } as const
const ec2 = (image: string) => ({ image, memory: 64 })
const fargate = (image: string) => ({ ...onFargate, image, network_mode: 'awsvpc' })
const cluster = 'my-cluster'
const small = await worldOf(fileOf({ web: ec2('web:v1') }))
const theirTags = [{ key: 'ecs-task:run', value: 'theirs' }]
const theirs = { cluster, serviceName: 'web', taskDefinition: 'my-cluster-web:1', desiredCount: 1, launchType: 'EC2' }
const ofTheirs =
  'Create service web in my-cluster: Someone else created service web meanwhile. ' +
  'ecs-task deleted nothing that it uses. When that run has ended, deploy again.'

describe('a service that the way back deletes', () => {
  it('is not waited for where it is gone already and somebody else has made theirs', async () => {
    const stage = clusterStage({ world: small })
    let deletions = 0
    const { result, events } = await stage.deploy(
      [fileOf({ web: fargate('web:crash') })],
      { replace: true },
      {
        transport: async (method, input, signal) => {
          if (method !== 'deleteService' || ++deletions !== 2) return stage.transport(method, input, signal)
          stage.call('ecs', 'DeleteService', { cluster, service: 'web', force: true })
          for (let looks = 0; looks < 20; looks++) {
            await stage.clock.sleep(15_000)
            await stage.transport('listClusters', {}, undefined)
          }
          try {
            return await stage.transport(method, input, signal)
          } finally {
            stage.call('ecs', 'CreateService', { ...theirs, tags: theirTags })
          }
        },
      },
    )
    expect(result).toMatchObject({ exitCode: 3, left: [ofTheirs] })
    expect(Date.parse(events.at(-1)!.at) - Date.parse(events[0]!.at)).toBeLessThan(600_000)
    expect(stage.standing()).toMatchObject({ services: { web: { status: 'ACTIVE', launchType: 'EC2' } } })
  })

  it.each(['leave', 'stop'] as const)(
    'is not named where another run has replaced it: --on-failure %s',
    async (onFailure) => {
      const stage = clusterStage({ world: small })
      const { result } = await stage.deploy(
        [fileOf({ web: fargate('web:crash') })],
        { replace: true },
        {
          onFailure,
          hear: (event) => {
            if (event.type !== 'step.failed' || event.kind !== 'createService') return
            const { services } = stage.region()
            delete services['my-cluster/web']
            stage.call('ecs', 'CreateService', { ...theirs, tags: theirTags })
          },
        },
      )
      expect(result.exitCode).toBe(3)
      expect(result.left.filter((text) => /"(service|serviceName)":"web"/.test(text))).toEqual([])
      expect(result.left).toContain('Delete service web in my-cluster: another run has just replaced it.')
    },
  )

  it.each(['leave', 'stop'] as const)(
    'is named before the one that comes back in its place: --on-failure %s',
    async (onFailure) => {
      const stage = clusterStage({ world: small })
      const { result } = await stage.deploy([fileOf({ web: fargate('web:crash') })], { replace: true }, { onFailure })
      expect(result.left.map((text) => /aws ecs (\S+)/.exec(text)?.[1])).toEqual([
        'delete-service',
        'create-service',
        'deregister-task-definition',
      ])
    },
  )
})

it(
  'a run that updates what another one replaces ends 5 and names nothing, at every lag',
  { timeout: 300_000 },
  async () => {
    const world = await worldOf(fileOf({ a: ec2('a:v1') }))
    for (const after of lags) {
      const { results, stands } = await atOnceIn(
        world,
        { file: fileOf({ a: ec2('a:v2') }), after: 0, latency: upTo(40, after) },
        { file: fileOf({ a: fargate('a:v1') }), after, latency: upTo(40, 1 + after) },
      )
      const told = tellingOf({ after }, results)
      expect(results, told).toMatchObject([
        { exitCode: 5, left: [] },
        { exitCode: 0, left: [] },
      ])
      expect(stands['services'], told).toMatchObject({ a: { status: 'ACTIVE', launchType: 'FARGATE' } })
    }
  },
)

it('where AWS refuses CreateService for something else than the name, how the winner scales is left to it', async () => {
  const stage = clusterStage({ world: await worldOf(fileOf({ edge: scaled })) })
  let creations = 0
  const { result, writes } = await stage.deploy(
    [fileOf({ edge: { ...scaled, ...onFargate } })],
    { replace: true },
    {
      transport: async (method, input, signal) => {
        if (method === 'createService' && ++creations === 1) {
          const daemon = { cluster, serviceName: 'edge', taskDefinition: 'my-cluster-edge:1', launchType: 'EC2' }
          stage.call('ecs', 'CreateService', { ...daemon, schedulingStrategy: 'DAEMON', tags: theirTags })
          throw Object.assign(new Error('The target group does not have an associated load balancer.'), {
            name: 'InvalidParameterException',
            $fault: 'client',
            $metadata: { httpStatusCode: 400 },
          })
        }
        return stage.transport(method, input, signal)
      },
    },
  )
  expect(result).toMatchObject({
    exitCode: 5,
    left: [],
    problem: { what: 'Someone else created service edge meanwhile.' },
  })
  expect(operations(writes)).not.toContain('RegisterScalableTarget')
  expect(stage.standing()).toMatchObject({ services: { edge: { status: 'ACTIVE' } }, scalableTargets: {} })
})

it(
  'two runs that replace a service by a DAEMON and by one on Fargate: the loser leaves the winner alone, at every lag',
  { timeout: 300_000 },
  async () => {
    const world = await worldOf(fileOf({ edge: scaled }))
    for (const after of lags) {
      const { results, stands } = await atOnceIn(
        world,
        { file: fileOf({ edge: { ...edge, scheduling_strategy: 'DAEMON' } }), after: 0, latency: upTo(40, after) },
        { file: fileOf({ edge: { ...scaled, ...onFargate } }), after, latency: upTo(40, 1000 + after) },
      )
      const told = tellingOf({ after }, results)
      expect(
        results.map(({ exitCode }) => exitCode),
        told,
      ).toContain(0)
      expect(Object.keys(stands['services']!), told).toEqual(['edge'])
      expect(
        results.flatMap(({ left }) => left).filter((text) => text.includes('Do it with')),
        told,
      ).toEqual([])
    }
  },
)

describe('what leads to the service that somebody else has made meanwhile', () => {
  const next = fileOf({ edge: { ...edge, ...onFargate } })

  /** The run is refused its service at the moment when somebody else makes it; `from` is where theirs takes its traffic from. */
  async function overtakenBy(from: 'the new target group' | 'the old one', onFailure: 'rollback' | 'leave') {
    const stage = clusterStage({ world: await worldOf(fileOf({ edge })) })
    const old = stage.arnOf('targetGroups', 'my-cluster-edge-tg')
    const { loadBalancers: before } = stage.region().services['my-cluster/edge']!.service
    let creations = 0
    const { result } = await stage.deploy(
      [next],
      { replace: true },
      {
        onFailure,
        transport: async (method, input, signal) => {
          if (method === 'createService' && ++creations === 1) {
            const ofOld = {
              launchType: 'EC2',
              networkConfiguration: undefined,
              taskDefinition: 'my-cluster-edge:1',
              loadBalancers: before,
            }
            stage.call('ecs', 'CreateService', {
              ...input,
              tags: theirTags,
              ...(from === 'the old one' && { ...ofOld, loadBalancers: undefined }),
            })
            if (from === 'the old one') stage.region().services['my-cluster/edge']!.service.loadBalancers = before!
            return denying(stage, 'createService')(method, input, signal)
          }
          return stage.transport(method, input, signal)
        },
      },
    )
    const { service } = stage.region().services['my-cluster/edge']!
    const [listener] = Object.values(stage.region().listeners)
    return {
      result,
      old,
      stage,
      uses: service.loadBalancers[0]!.targetGroupArn,
      leads: listener!.listener.DefaultActions[0]!.TargetGroupArn,
    }
  }

  it('stays as it is for theirs', async () => {
    const { result, old, stage, uses, leads } = await overtakenBy('the new target group', 'rollback')
    expect(uses).not.toBe(old)
    expect(leads).toBe(uses)
    expect(Object.keys(stage.region().targetGroups)).toContain(uses)
    expect(result).toMatchObject({
      exitCode: 3,
      left: [expect.stringMatching(/^Create service edge .*Someone else/), expect.stringMatching(/^Deregister [^{]*$/)],
    })
  })

  it('is changed back where theirs has its traffic from there', async () => {
    const { old, uses, leads } = await overtakenBy('the old one', 'rollback')
    expect([uses, leads]).toEqual([old, old])
  })

  it('has no command: --on-failure leave', async () => {
    const { result } = await overtakenBy('the new target group', 'leave')
    expect(result.exitCode).toBe(3)
    expect(result.left.filter((text) => text.includes('Do it with'))).toEqual([])
  })
})
