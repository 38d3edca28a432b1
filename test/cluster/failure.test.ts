import { describe, expect, it } from 'vitest'
import { EcsTaskError } from '../../src/ground/errors.ts'
import { type Keys, behind, edge, everything, fileOf, report } from './stacks.ts'
import { type Sent, clusterStage, isWrite, worldOf } from './support.ts'

type Stage = ReturnType<typeof clusterStage>

const whole = fileOf(everything)
const made = await worldOf(whole)
const empty = clusterStage()
empty.given(whole)
const nothing = structuredClone(empty.aws.world)

const broken = (tag: string): Readonly<Record<string, Keys>> => ({
  ...everything,
  edge: { ...everything.edge, image: `edge:${tag}` },
})

/** All that can be changed in place, and an image that crashes. */
const changed = fileOf({
  ...behind({
    protocol: 'HTTP',
    certificates: undefined,
    ports: { public: 8443, container: 8080 },
    dns: { hosted_zone_id: 'Z1', record_name: 'api.example.com' },
    healthcheck: { path: '/health' },
  }),
  report: {
    ...report,
    desired_count: 2,
    deployment_configuration: { maximum_percent: 300 },
    image: 'report:crash',
    depends_on: ['edge'],
  },
  migrate: { ...everything.migrate, image: 'migrate:v2' },
})

/** All that needs another thing of its kind, and an image that crashes. */
const replaced = fileOf({
  ...behind({ type: 'private' }),
  user: { ...everything.user, launch_type: 'FARGATE', cpu: 256, memory: 512, dns_discovery: { name: 'people' } },
  report: { ...report, elb: undefined, image: 'report:crash', depends_on: ['edge', 'user'] },
})

/** ECS gives nothing up by itself. */
const withoutBreaker = { deployment_configuration: { deployment_circuit_breaker: { enable: false } } }

/** What stands once connections have been drained and tasks have stopped. */
async function settled(stage: Stage): Promise<object> {
  await stage.clock.sleep(600_000)
  await stage.describe()
  return stage.standing()
}

/** What stands in a world that was left alone for as long. */
async function stands(world: typeof made): Promise<object> {
  return settled(clusterStage({ world }))
}

describe('a deploy that fails', () => {
  it.each(['crash', 'no-pull'])('because of an image tagged %s deletes everything that it created', async (tag) => {
    const stage = clusterStage({ world: nothing })
    const { result } = await stage.deploy([fileOf(broken(tag))])
    expect(result).toMatchObject({ exitCode: 1, outcome: 'restored', left: [] })
    expect(result.problem?.what).toBe('The rollout of edge failed.')
    expect(await settled(stage)).toEqual(await stands(nothing))
  })

  it('rolls back everything that it changed', async () => {
    const stage = clusterStage({ world: made })
    const { result, writes } = await stage.deploy([changed])
    expect(result).toMatchObject({ exitCode: 1, outcome: 'restored', left: [] })
    expect(new Set(writes.map(({ operation }) => operation))).toEqual(
      new Set([
        'ModifyListener',
        'ModifyTargetGroup',
        'AddListenerCertificates',
        'RegisterTaskDefinition',
        'RunTask',
        'TagResource',
        'UpdateService',
        'DeregisterTaskDefinition',
      ]),
    )
    expect(await settled(stage)).toEqual(await stands(made))
  })

  it('with --replace restores what it replaced, under the same names', async () => {
    const stage = clusterStage({ world: made })
    const { result } = await stage.deploy([replaced], { replace: true })
    expect(result).toMatchObject({ exitCode: 1, outcome: 'restored', left: [] })
    expect(await settled(stage)).toEqual(await stands(made))
    expect(await stage.diff(whole)).toEqual([])
  })

  it.each([
    ['UpdateService', { image: 'user:crash', ...withoutBreaker }, {}],
    ['--replace', { image: 'user:crash', launch_type: 'FARGATE', cpu: 256, memory: 512 }, { replace: true }],
  ])('goes back to a copy of a revision that is no longer ACTIVE, after %s', async (_, keys, options) => {
    const stage = clusterStage({ world: made })
    const runs = (): string => stage.region().services['my-cluster/user']!.service.taskDefinition!
    stage.call('ecs', 'DeregisterTaskDefinition', { taskDefinition: runs() })
    const described = (): any => stage.call('ecs', 'DescribeTaskDefinition', { taskDefinition: runs() }).taskDefinition
    const before = described()
    const { result } = await stage.deploy([fileOf({ ...everything, user: { ...everything.user, ...keys } })], options)
    expect(result).toMatchObject({ exitCode: 1, outcome: 'restored', left: [] })
    expect(result.plan?.warnings).toContain(
      'Service user runs my-cluster-user:1, which is no longer ACTIVE: if this fails, a copy of it is registered to go back to.',
    )
    expect(described()).toMatchObject({ status: 'ACTIVE', containerDefinitions: before.containerDefinitions })
    expect(stage.region().services['my-cluster/user']!.service).toMatchObject({
      launchType: 'EC2',
      deployments: [{ rolloutState: 'COMPLETED' }],
    })
  })

  it('because a port was taken meanwhile rolls everything back', async () => {
    const stage = clusterStage({ world: nothing })
    stage.meddle(({ operation }) => {
      if (operation !== 'CreateListener') return
      stage.meddle(undefined)
      const LoadBalancerArn = stage.arnOf('loadBalancers', 'my-cluster-edge-lb')
      const DefaultActions = [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }]
      stage.call('elbv2', 'CreateListener', { LoadBalancerArn, Protocol: 'HTTP', Port: 443, DefaultActions })
    })
    const { result } = await stage.deploy([whole])
    expect(result).toMatchObject({ exitCode: 1, outcome: 'restored', left: [] })
    expect(result.problem?.what).toMatch(/^AWS refused: A listener already exists on this port/)
    expect(await settled(stage)).toEqual(await stands(nothing))
  })

  it('with --on-failure leave keeps everything, says how to fix it, and the next deploy goes on', async () => {
    const stage = clusterStage({ world: nothing })
    const { result } = await stage.deploy([fileOf(broken('crash'))], {}, { onFailure: 'leave' })
    expect(result).toMatchObject({ exitCode: 3, outcome: 'halfDone' })
    expect(result.left).toContainEqual(expect.stringMatching(/^Delete load balancer my-cluster-edge-lb: .*aws elbv2 /))
    expect(stage.left()).toMatchObject({
      services: expect.arrayContaining(['edge']),
      listeners: expect.arrayContaining(['443']),
    })
    const next = await stage.deploy([whole])
    expect(next.result).toMatchObject({ exitCode: 0, left: [] })
    expect(next.writes.map(({ operation }) => operation)).not.toContain('CreateLoadBalancer')
    expect(await stage.diff(whole)).toEqual([])
  })

  it('fails again without a new deployment if nothing has changed and ECS has not given it up', async () => {
    const stage = clusterStage({ world: nothing })
    const file = fileOf({ edge: { ...edge, ...withoutBreaker, elb: undefined, image: 'edge:crash' } })
    await stage.deploy([file], {}, { onFailure: 'leave' })
    const { result, writes } = await stage.deploy([file], {}, { onFailure: 'leave' })
    expect(writes).toEqual([])
    expect(result).toMatchObject({ exitCode: 2, problem: { what: 'The rollout of edge failed.' } })
  })
})

describe('Ctrl-C', () => {
  const interrupted = new EcsTaskError('Interrupted', 'It was interrupted.', { evidence: { signal: 'SIGINT' } })
  const operations = [
    'CreatePrivateDnsNamespace',
    'CreateLoadBalancer',
    'CreateTargetGroup',
    'CreateListener',
    'AddListenerCertificates',
    'RegisterTaskDefinition',
    'RunTask',
    'DescribeTasks',
    'CreateService',
    'DescribeServices',
    'POST /2013-04-01/hostedzone/Z1/rrset',
    'GET /2013-04-01/change',
  ]

  it.each(operations)('at the first %s rolls everything back', async (operation) => {
    const stop = new AbortController()
    const stage = clusterStage({ world: nothing })
    const isIt = (sent: Sent): boolean => sent.operation.startsWith(operation)
    let hasBegun = false
    stage.meddle((sent) => {
      // What is read before anything is done is not what is meant.
      hasBegun ||= isWrite(sent)
      if (hasBegun && isIt(sent)) stop.abort(interrupted)
    })
    const { result } = await stage.deploy([whole], {}, { signal: stop.signal })
    expect(stop.signal.aborted).toBe(true)
    expect(result).toMatchObject({ exitCode: 130, outcome: 'interrupted', left: [] })
    expect(await settled(stage)).toEqual(await stands(nothing))
  })

  it.each(['ModifyListener', 'UpdateService', 'DeleteService', 'AddTags'])(
    'at the first %s of a change rolls the change back',
    async (operation) => {
      const stop = new AbortController()
      const stage = clusterStage({ world: made })
      stage.meddle((sent) => void (sent.operation === operation && stop.abort(interrupted)))
      const services = {
        ...behind({ protocol: 'HTTP', certificates: undefined, dns: undefined }),
        report: { ...report, image: 'report:v2' },
        user: { ...everything.user, launch_type: 'FARGATE', cpu: 256, memory: 512 },
      }
      const { result } = await stage.deploy([fileOf(services)], { replace: true }, { signal: stop.signal })
      expect(result).toMatchObject({ exitCode: 130, outcome: 'interrupted', left: [] })
      expect(await settled(stage)).toEqual(await stands(made))
    },
  )
})
