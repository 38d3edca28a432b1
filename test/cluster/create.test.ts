import { describe, expect, it } from 'vitest'
import type { ToldEvent } from '../../src/engine/events.ts'
import { edge, everything, fileOf, migrate, report, user } from './stacks.ts'
import { clusterStage, seed } from './support.ts'
import { written } from './written.ts'

type Stage = ReturnType<typeof clusterStage>

const subnets = { Subnets: ['subnet-1', 'subnet-2'], SecurityGroups: ['sg-1'] }
const worker = { image: 'worker:v1', memory: 64, network_mode: 'bridge' }

function begun(file: string): Stage {
  const stage = clusterStage()
  stage.given(file)
  return stage
}

/** A load balancer that somebody else has made. */
function shared(stage: Stage, Name = 'shared'): string {
  return stage.call('elbv2', 'CreateLoadBalancer', { Name, ...subnets }).LoadBalancers[0].LoadBalancerArn
}

function titles(events: readonly ToldEvent[], type: 'step.started' | 'step.finished'): string[] {
  return events.flatMap((event) => (event.type === type ? event.title : []))
}

describe('on load balancers that ecs-task did not create', () => {
  it('each service gets its own listener and target group, and destroy leaves the rest', async () => {
    const stage = begun(seed)
    const load_balancer_arn = shared(stage)
    const before = stage.standing()
    const behind = (port: number) => ({
      ...worker,
      ports: [80],
      elb: {
        load_balancer_arn,
        ports: { public: port, container: 80 },
        protocol: 'HTTPS',
        certificates: edge.elb.certificates,
        dns: { hosted_zone_id: 'xxxx', record_name: `p${port}.example.com` },
      },
    })
    const file = fileOf({ shop: behind(8001), admin: behind(8002) })
    expect((await stage.deploy([file])).result).toMatchObject({ exitCode: 0, left: [] })
    expect(stage.left()).toMatchObject({
      loadBalancers: ['shared'],
      targetGroups: ['my-cluster-shop-tg', 'my-cluster-admin-tg'],
      listeners: ['8001', '8002'],
    })
    for (const { listener, certificates } of Object.values(stage.region().listeners)) {
      const name = listener.Port === 8001 ? 'shop' : 'admin'
      expect(listener.DefaultActions[0]!.TargetGroupArn).toContain(`my-cluster-${name}-tg`)
      expect(certificates).toHaveLength(1)
    }
    expect(await stage.diff(file)).toEqual([])
    expect((await stage.destroy('shop')).result).toMatchObject({ exitCode: 0, left: [] })
    expect(stage.left()).toMatchObject({ services: ['admin'], listeners: ['8002'] })
    expect((await stage.destroy()).result).toMatchObject({ exitCode: 0, left: [] })
    expect(stage.standing()).toEqual(before)
  })

  it('an existing target group takes the tasks, and nothing else is created', async () => {
    const stage = begun(seed)
    const made = stage.call('elbv2', 'CreateTargetGroup', {
      Name: 'theirs',
      Protocol: 'HTTP',
      Port: 80,
      VpcId: 'vpc-1',
    })
    const [{ TargetGroupArn }] = made.TargetGroups
    stage.call('elbv2', 'CreateListener', {
      LoadBalancerArn: shared(stage),
      Protocol: 'HTTP',
      Port: 80,
      DefaultActions: [{ Type: 'forward', TargetGroupArn }],
    })
    const before = stage.left()
    const elb = { target_group_arn: TargetGroupArn, ports: { container: 80 } }
    const file = fileOf({ shop: { ...worker, ports: ['8080:80'], elb } })
    const { result, writes } = await stage.deploy([file])
    expect(result).toMatchObject({ exitCode: 0 })
    expect(writes.map(({ operation }) => operation)).toEqual(['RegisterTaskDefinition', 'CreateService'])
    expect(stage.region().targetGroups[TargetGroupArn]?.targets).toMatchObject([{ port: 8080 }])
    expect(await stage.diff(file)).toEqual([])
    expect((await stage.destroy()).result).toMatchObject({ exitCode: 0, left: [] })
    expect(stage.left()).toEqual(before)
  })

  it('those that do not exist are refused, all at once, before anything is written', async () => {
    const stage = begun(seed)
    const load_balancer_arn =
      'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/none/0123456789abcdef'
    const elb = (port: number) => ({ load_balancer_arn, ports: { public: port, container: 80 } })
    const service = (port: number) => ({ ...worker, ports: [80], elb: elb(port) })
    const { result, writes } = await stage.deploy([fileOf({ shop: service(80), admin: service(81) })])
    expect(result).toMatchObject({
      exitCode: 2,
      problem: {
        problems: [
          `shop: there is no load balancer ${load_balancer_arn}.`,
          `admin: there is no load balancer ${load_balancer_arn}.`,
        ],
      },
    })
    expect(writes).toEqual([])
  })

  it('a port that another listener uses is refused', async () => {
    const stage = begun(seed)
    const load_balancer_arn = shared(stage)
    stage.call('elbv2', 'CreateListener', {
      LoadBalancerArn: load_balancer_arn,
      Protocol: 'HTTP',
      Port: 80,
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
    })
    const elb = { load_balancer_arn, ports: { public: 80, container: 80 } }
    const { result, writes } = await stage.deploy([fileOf({ shop: { ...worker, ports: [80], elb } })])
    expect(result.problem?.problems).toEqual([
      expect.stringMatching(
        /^shop: port 80 of load balancer shared is taken by a listener that was not created for it\./,
      ),
    ])
    expect(writes).toEqual([])
  })
})

describe('names', () => {
  it('over 32 characters are shortened, always the same way, and stay distinct', async () => {
    const elb = (name: string) => ({ ...report.elb, name })
    const long = 'a-service-with-a-name-that-is-long'
    const file = fileOf({
      [`${long}-1`]: { ...report, elb: elb('blue') },
      [`${long}-2`]: { ...report, elb: elb('blue') },
    })
    const stage = begun(file)
    expect((await stage.deploy([file])).result).toMatchObject({ exitCode: 0 })
    const { loadBalancers = [], targetGroups = [] } = stage.left()
    const all = [...loadBalancers, ...targetGroups]
    expect(new Set(all).size).toBe(4)
    for (const name of all) expect(name).toMatch(/^my-cluster-a-service[a-z0-9-]{1,20}$/)
    expect(await stage.diff(file)).toEqual([])
    const other = begun(file)
    await other.deploy([file])
    expect(other.left()).toMatchObject({
      loadBalancers: expect.arrayContaining(loadBalancers),
      targetGroups: expect.arrayContaining(targetGroups),
    })
  })

  it('that two services would share are refused', async () => {
    const file = fileOf({ api: { ...report, elb: { ...report.elb, name: 'v2' } }, 'api-v2': report })
    const { result, writes } = await begun(file).deploy([file])
    expect(result.problem?.problems).toEqual([
      'api-v2: its target group would be called my-cluster-api-v2-tg, as that of api is; give it another elb.name.',
    ])
    expect(writes).toEqual([])
  })

  it('of two clusters stay apart, even if one name begins like the other', async () => {
    const file = fileOf({ 'b-web': report })
    const stage = clusterStage()
    stage.given(file)
    stage.call('ecs', 'CreateCluster', { clusterName: 'my-cluster-b' })
    expect((await stage.deploy([file])).result).toMatchObject({ exitCode: 0 })
    const ours = stage.standing()
    const other = fileOf({ web: { ...report, image: 'other:v1', elb: { ...report.elb, name: 'x' } } })
    expect((await stage.deploy([other], { cluster: 'my-cluster-b' })).result).toMatchObject({ exitCode: 0 })
    expect(await stage.diff(file)).toEqual([])
    expect((await stage.destroyOf('my-cluster-b')).result).toMatchObject({ exitCode: 0, left: [] })
    expect(stage.standing()).toEqual(ours)
  })
})

describe('a service that ecs-task did not create', () => {
  it('is updated with a warning, and stays when the cluster is destroyed', async () => {
    const file = fileOf({ worker })
    const stage = begun(file)
    const family = { family: 'theirs', containerDefinitions: [{ name: 'worker', image: 'worker:v0', memory: 64 }] }
    stage.call('ecs', 'RegisterTaskDefinition', family)
    stage.call('ecs', 'CreateService', {
      deploymentConfiguration: {
        deploymentCircuitBreaker: { enable: true, rollback: true },
        maximumPercent: 200,
        minimumHealthyPercent: 50,
      },
      cluster: 'my-cluster',
      serviceName: 'worker',
      taskDefinition: 'theirs',
      desiredCount: 1,
    })
    const { result, writes, events } = await stage.deploy([file])
    expect(result).toMatchObject({ exitCode: 0 })
    expect(writes.map(written)).toEqual([
      expect.stringMatching(/^RegisterTaskDefinition family=my-cluster-worker/),
      'UpdateService service=worker taskDefinition=my-cluster-worker:1',
    ])
    const warnings = events.flatMap((event) => (event.type === 'warning.raised' ? event.text : []))
    expect(warnings).toEqual([expect.stringContaining('Service worker was not created by ecs-task: it is updated')])
    expect((await stage.destroy()).result).toMatchObject({ exitCode: 0 })
    expect(stage.left()).toMatchObject({ services: ['worker'], revisions: ['theirs:1', 'my-cluster-worker:1'] })
  })

  it('is never replaced', async () => {
    const file = fileOf({ worker: { ...worker, scheduling_strategy: 'DAEMON' } })
    const stage = begun(file)
    const family = { family: 'theirs', containerDefinitions: [{ name: 'worker', image: 'worker:v0', memory: 64 }] }
    stage.call('ecs', 'RegisterTaskDefinition', family)
    stage.call('ecs', 'CreateService', {
      cluster: 'my-cluster',
      serviceName: 'worker',
      taskDefinition: 'theirs',
      desiredCount: 1,
    })
    const { result, writes } = await stage.deploy([file], { replace: true })
    expect(result).toMatchObject({ exitCode: 2 })
    expect(result.problem?.problems).toEqual([
      expect.stringContaining(
        'worker: scheduling_strategy: REPLICA → DAEMON needs a new service, and this one was not created',
      ),
    ])
    expect(writes).toEqual([])
  })
})

describe('one-off tasks', () => {
  const tasksRun = (stage: Stage): number =>
    Object.values(stage.region().tasks).filter(({ task }) => task.group === 'family:my-cluster-migrate').length

  it('run once per revision, before what depends on them, and again after a failure', async () => {
    const stage = begun(seed)
    const file = (image: string) =>
      fileOf({ migrate: { ...migrate, image }, worker: { ...worker, depends_on: ['migrate'] } })
    const failing = await stage.deploy([file('migrate:exit-1')], {}, { onFailure: 'leave' })
    expect(failing.result).toMatchObject({ exitCode: 3 })
    expect(stage.left()['services']).toEqual([])
    await stage.deploy([file('migrate:exit-1')], {}, { onFailure: 'leave' })
    expect(tasksRun(stage)).toBe(2)

    const { result, events } = await stage.deploy([file('migrate:v2')])
    expect(result.exitCode).toBe(0)
    const finished = titles(events, 'step.finished')
    expect(finished.indexOf('Run a task of my-cluster-migrate in my-cluster')).toBeLessThan(
      titles(events, 'step.started').indexOf('Create service worker in my-cluster'),
    )
    expect(tasksRun(stage)).toBe(3)
    expect((await stage.deploy([file('migrate:v2')], { redeploy: true })).result.exitCode).toBe(0)
    expect(tasksRun(stage)).toBe(3)
    await stage.deploy([file('migrate:v3')])
    expect(tasksRun(stage)).toBe(4)
  })

  it('run as many tasks as desired_count says, none if it is 0', async () => {
    const stage = begun(seed)
    expect((await stage.deploy([fileOf({ migrate: { ...migrate, desired_count: 3 } })])).result.exitCode).toBe(0)
    expect(tasksRun(stage)).toBe(3)
    const none = fileOf({ migrate: { ...migrate, desired_count: 0 } })
    expect((await stage.deploy([none])).result.exitCode).toBe(0)
    expect(tasksRun(stage)).toBe(3)
    expect(await stage.diff(none)).toEqual([])
  })
})

describe('the order of a deploy', () => {
  it('starts services after their dependencies, and independent ones in parallel', async () => {
    const file = fileOf({
      last: { ...worker, depends_on: ['middle'] },
      middle: { ...worker, depends_on: ['first', 'also-first'] },
      first: worker,
      'also-first': worker,
    })
    const stage = begun(file)
    const { events } = await stage.deploy([file])
    const told = events.flatMap((event) =>
      (event.type === 'step.started' || event.type === 'step.finished') && event.id.startsWith('createService')
        ? `${event.type.slice('step.'.length)} ${event.id.split('/')[1]}`
        : [],
    )
    expect(told).toEqual([
      'started also-first',
      'started first',
      'finished also-first',
      'finished first',
      'started middle',
      'finished middle',
      'started last',
      'finished last',
    ])
  })
})

describe('a deploy of a part', () => {
  it('with --only deploys just the named services, even if they depend on others', async () => {
    const stage = begun(fileOf(everything))
    const { result } = await stage.deploy([fileOf(everything)], { only: ['edge'] })
    expect(result).toMatchObject({ exitCode: 0 })
    expect(stage.left()).toMatchObject({ services: ['edge'], namespaces: [], loadBalancers: ['my-cluster-edge-lb'] })
    expect(await stage.diff(fileOf(everything))).not.toEqual([])
  })

  it('with --update-only skips services that do not exist yet, and says so', async () => {
    const stage = begun(seed)
    await stage.deploy([fileOf({ worker })])
    const { result, events } = await stage.deploy([fileOf({ worker: { ...worker, image: 'worker:v2' }, user })], {
      updateOnly: true,
    })
    expect(result).toMatchObject({ exitCode: 0 })
    expect(stage.left()).toMatchObject({ services: ['worker'], namespaces: [], discovery: [] })
    expect(events).toContainEqual(
      expect.objectContaining({ text: 'user does not exist yet and is skipped (--update-only).' }),
    )
  })

  it('with --redeploy starts a deployment of each service with its current revision', async () => {
    const stage = begun(fileOf({ worker }))
    await stage.deploy([fileOf({ worker })])
    const { result, writes } = await stage.deploy([fileOf({ worker })], { redeploy: true })
    expect(result).toMatchObject({ exitCode: 0 })
    expect(writes.map(written)).toEqual([
      'UpdateService service=worker taskDefinition=my-cluster-worker:1 forceNewDeployment=true',
    ])
  })
})
