import { describe, expect, test } from 'vitest'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import {
  balancedTargetGroup,
  behind,
  createBalanced,
  createListener,
  createLoadBalancer,
  createTargetGroup,
  deployBalanced,
  healthOf,
  listening,
  setAttribute,
  states,
} from '../balancedWeb.ts'
import { localAws, minutes, seconds } from '../support.ts'
import type { TestAws } from '../support.ts'
import {
  createWeb,
  currentServiceDeployment,
  describeWeb,
  messages,
  registerWeb,
  tasksOf,
  updateWeb,
} from '../webService.ts'

/** A local AWS with the service `web` settled behind the target group `group`. */
function balanced(settings: Unchecked = {}, groupSettings: Unchecked = {}): { aws: TestAws; group: string } {
  const aws = localAws()
  const group = balancedTargetGroup(aws, 'web', groupSettings)
  createBalanced(aws, [group], settings)
  return { aws, group }
}

const live = (aws: TestAws): Unchecked[] =>
  Object.values(aws.region.tasks)
    .map(({ task }) => task)
    .filter(({ desiredStatus }) => desiredStatus === 'RUNNING')

const addressOf = (task: Unchecked): string => task.containers[0].networkInterfaces[0].privateIpv4Address

const statusesOf = (aws: TestAws, deployment: string): string[] =>
  tasksOf(aws, deployment).map(({ lastStatus }) => lastStatus)

const secondsSince = (since: number, aws: TestAws, text: RegExp): number[] =>
  describeWeb(aws)
    .events.filter(({ createdAt, message }: Unchecked) => createdAt >= since && text.test(message))
    .map(({ createdAt }: Unchecked) => createdAt - since)
    .toReversed()

describe('A service behind a load balancer', () => {
  test('registers its tasks by address and container port once they are RUNNING', () => {
    const { aws, group } = balanced()
    const expected = live(aws).map((task) => ({
      Target: { Id: addressOf(task), Port: 8080 },
      HealthCheckPort: '8080',
      TargetHealth: { State: 'healthy' },
    }))
    expect(expected).toHaveLength(2)
    expect(healthOf(aws, group)).toEqual(expected)
    expect(messages(aws)).toContain(`registered 2 targets in (target-group ${group})`)
  })

  test('settles when the load balancer has checked as often as its threshold says, not after 40 seconds', () => {
    const aws = localAws()
    const group = balancedTargetGroup(aws, 'web', { HealthCheckIntervalSeconds: 20, HealthyThresholdCount: 3 })
    const since = aws.now / 1000
    createBalanced(aws, [group])
    // 1 s until the scheduler begins, 10 s for the network, 5 s to pull, 5 s to activate, then 3 checks 20 s apart.
    expect(secondsSince(since, aws, /^\(service web\) registered/)).toEqual([21])
    expect(secondsSince(since, aws, /steady state/)).toEqual([81])
  })

  test.each([59_999, 60_000])('a target is initial until then: %i ms after its registration', (milliseconds) => {
    const aws = localAws()
    const group = balancedTargetGroup(aws, 'web', { HealthCheckIntervalSeconds: 30, HealthyThresholdCount: 2 })
    aws.call('elbv2', 'RegisterTargets', { TargetGroupArn: group, Targets: [{ Id: '10.0.0.1' }] })
    aws.advance(milliseconds)
    const initial = {
      State: 'initial',
      Reason: 'Elb.InitialHealthChecking',
      Description: 'Initial health checks in progress',
    }
    const [{ Target, TargetHealth }] = healthOf(aws, group) as [Unchecked]
    expect(Target).toEqual({ Id: '10.0.0.1', Port: 80 })
    expect(TargetHealth).toEqual(milliseconds < 60_000 ? initial : { State: 'healthy' })
  })

  test('rolls out in the order that AWS documents', () => {
    const { aws, group } = balanced({ desiredCount: 1 })
    setAttribute(aws, group, 'deregistration_delay.timeout_seconds', '60')
    const [old] = describeWeb(aws).deployments
    const since = aws.now / 1000
    const id = deployBalanced(aws, 'v2')
    aws.advance(minutes(10))
    const events = describeWeb(aws)
      .events.filter(({ createdAt }: Unchecked) => createdAt >= since)
      .map(({ createdAt, message }: Unchecked) => [
        createdAt - since,
        message.replaceAll(/task [0-9a-f]{32}/g, 'task T'),
      ])
      .toReversed()
    expect(events).toEqual([
      [1, '(service web) has started 1 tasks: (task T).'],
      [21, `(service web) registered 1 targets in (target-group ${group})`],
      [171, '(service web) has stopped 1 running tasks: (task T).'],
      [171, `(service web) deregistered 1 targets in (target-group ${group})`],
      [171, `(service web, taskSet ${old.id}) has begun draining connections on 1 tasks.`],
      [238, `(service web) (deployment ${id}) deployment completed.`],
      [238, '(service web) has reached a steady state.'],
    ])
  })

  test('old tasks are DEACTIVATING and their targets draining for the deregistration delay, 300 s by default', () => {
    const { aws, group } = balanced()
    const [old] = describeWeb(aws).deployments
    deployBalanced(aws, 'v2')
    aws.advance(seconds(171))
    expect(states(aws, group)).toEqual(['draining', 'draining', 'healthy', 'healthy'])
    expect(healthOf(aws, group)[0]!['TargetHealth']).toEqual({
      State: 'draining',
      Reason: 'Target.DeregistrationInProgress',
      Description: 'Target deregistration is in progress',
    })
    aws.advance(299_999)
    expect(statusesOf(aws, old.id)).toEqual(['DEACTIVATING', 'DEACTIVATING'])
    expect(describeWeb(aws).deployments[0].rolloutState).toBe('IN_PROGRESS')
    aws.advance(1)
    expect(statusesOf(aws, old.id)).toEqual(['STOPPING', 'STOPPING'])
    expect(states(aws, group)).toEqual(['healthy', 'healthy'])
    aws.advance(seconds(7))
    expect(describeWeb(aws).deployments).toMatchObject([{ rolloutState: 'COMPLETED' }])
  })

  test('a deregistration delay of 0 does not delay the rollout', () => {
    const { aws, group } = balanced()
    setAttribute(aws, group, 'deregistration_delay.timeout_seconds', '0')
    const [old] = describeWeb(aws).deployments
    deployBalanced(aws, 'v2')
    aws.advance(seconds(171))
    expect(statusesOf(aws, old.id)).toEqual(['STOPPING', 'STOPPING'])
    expect(states(aws, group)).toEqual(['healthy', 'healthy'])
  })

  test('with several target groups waits for the slowest, to be healthy and to be drained', () => {
    const aws = localAws()
    const quick = balancedTargetGroup(aws, 'quick', { HealthCheckIntervalSeconds: 10 })
    const slow = balancedTargetGroup(aws, 'slow', { HealthCheckIntervalSeconds: 60 })
    setAttribute(aws, quick, 'deregistration_delay.timeout_seconds', '10')
    setAttribute(aws, slow, 'deregistration_delay.timeout_seconds', '100')
    createBalanced(aws, [quick, slow], { desiredCount: 1 })
    const since = aws.now / 1000
    deployBalanced(aws, 'v2')
    aws.advance(minutes(10))
    expect(secondsSince(since, aws, / registered 1 targets/)).toEqual([21, 21])
    expect(secondsSince(since, aws, /deregistered 1 targets/)).toEqual([321, 321])
    expect(secondsSince(since, aws, /begun draining/)).toEqual([321])
    expect(secondsSince(since, aws, /deployment completed/)).toEqual([428])
  })

  test('needs its container health checks to pass as well', () => {
    const aws = localAws()
    const group = balancedTargetGroup(aws, 'web', { HealthCheckIntervalSeconds: 5, HealthCheckTimeoutSeconds: 2 })
    const since = aws.now / 1000
    const healthCheck = { command: ['CMD', 'true'], interval: 100 }
    createBalanced(aws, [group], { definition: listening({ healthCheck }) })
    expect(secondsSince(since, aws, /steady state/)).toEqual([121])
  })

  test('a container whose essential part exits is deregistered, and its task does not wait for the drain', () => {
    const { aws, group } = balanced({ desiredCount: 1 })
    deployBalanced(aws, 'exit-3')
    aws.advance(seconds(26))
    const { id } = describeWeb(aws).deployments[0]
    expect(tasksOf(aws, id)[0]).toMatchObject({ lastStatus: 'DEACTIVATING', stopCode: 'EssentialContainerExited' })
    expect(states(aws, group)).toEqual(['healthy', 'draining'])
    aws.advance(seconds(12))
    expect(statusesOf(aws, id)[0]).toBe('STOPPED')
    expect(states(aws, group)).toContain('draining')
  })

  test('a task stopped by hand is deregistered at once, and the one in its place registered', () => {
    const { aws, group } = balanced({ desiredCount: 1 })
    const [task] = live(aws)
    aws.call('ecs', 'StopTask', { cluster: 'c', task: task!['taskArn'] })
    aws.advance(0)
    expect(states(aws, group)).toEqual(['draining'])
    aws.advance(minutes(10))
    expect(healthOf(aws, group)).toMatchObject([
      { Target: { Id: addressOf(live(aws)[0]!) }, TargetHealth: { State: 'healthy' } },
    ])
  })

  test('a task whose target was deregistered by hand is replaced', () => {
    const { aws, group } = balanced({ desiredCount: 1 })
    const [{ Target }] = healthOf(aws, group) as [Unchecked]
    const since = aws.now / 1000
    aws.call('elbv2', 'DeregisterTargets', { TargetGroupArn: group, Targets: [Target] })
    aws.advance(minutes(10))
    expect(messages(aws, since)).toContain(
      `(port 8080) is unhealthy in (target-group ${group}) due to (reason Target deregistration is in progress).`,
    )
    expect(states(aws, group)).toEqual(['healthy'])
    expect(addressOf(live(aws)[0]!)).not.toBe(Target.Id)
    expect(describeWeb(aws)).toMatchObject({ runningCount: 1, deployments: [{ rolloutState: 'COMPLETED' }] })
  })

  test('a deleted service leaves its target group empty', () => {
    const { aws, group } = balanced()
    aws.call('ecs', 'DeleteService', { cluster: 'c', service: 'web', force: true })
    aws.advance(seconds(1))
    expect(states(aws, group)).toEqual(['draining', 'draining'])
    expect(Object.values(aws.region.tasks).map(({ task }) => task['lastStatus'])).toEqual([
      'DEACTIVATING',
      'DEACTIVATING',
    ])
    aws.advance(minutes(10))
    expect(aws.region.targetGroups[group]!.targets.filter(({ goneAt }) => goneAt === undefined)).toEqual([])
    expect(healthOf(aws, group)).toEqual([])
  })

  test('moves from one target group to another', () => {
    const { aws, group } = balanced()
    const other = balancedTargetGroup(aws, 'other')
    updateWeb(aws, { loadBalancers: behind(other) })
    aws.advance(seconds(100))
    expect([states(aws, group), states(aws, other)]).toEqual([
      ['healthy', 'healthy'],
      ['initial', 'initial'],
    ])
    aws.advance(seconds(100))
    expect([states(aws, group), states(aws, other)]).toEqual([
      ['draining', 'draining'],
      ['healthy', 'healthy'],
    ])
  })
})

describe('An image tagged unhealthy', () => {
  test('fails the checks of the load balancer, and the service replaces its tasks and says why', () => {
    const { aws, group } = balanced({ desiredCount: 1 })
    const since = aws.now / 1000
    const id = deployBalanced(aws, 'unhealthy')
    aws.advance(seconds(80))
    expect(states(aws, group)).toEqual(['healthy', 'initial'])
    aws.advance(seconds(1))
    const [sick] = tasksOf(aws, id) as [Unchecked]
    expect(sick).toMatchObject({
      desiredStatus: 'STOPPED',
      lastStatus: 'DEACTIVATING',
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason: `Task failed ELB health checks in (target-group ${group})`,
    })
    const said = messages(aws, since + 81)
    expect(said).toEqual([
      `(port 8080) is unhealthy in (target-group ${group}) due to (reason Health checks failed with these codes: [500]).`,
      expect.stringMatching(/^has stopped 1 running tasks: /),
      expect.stringMatching(/^has started 1 tasks: /),
      `deregistered 1 targets in (target-group ${group})`,
      `(service web, taskSet ${id}) has begun draining connections on 1 tasks.`,
    ])
  })

  test('is unhealthy with the status code of its response', () => {
    const { aws, group } = balanced({ desiredCount: 1, healthCheckGracePeriodSeconds: 600 })
    deployBalanced(aws, 'unhealthy')
    aws.advance(seconds(81))
    expect(healthOf(aws, group)[1]!['TargetHealth']).toEqual({
      State: 'unhealthy',
      Reason: 'Target.ResponseCodeMismatch',
      Description: 'Health checks failed with these codes: [500]',
    })
  })

  test.each([0, 61, 300])('is left alone within a grace period of %i s', (grace) => {
    const { aws } = balanced({ desiredCount: 1, healthCheckGracePeriodSeconds: grace })
    const since = aws.now / 1000
    deployBalanced(aws, 'unhealthy')
    aws.advance(minutes(6))
    const [first] = secondsSince(since, aws, /is unhealthy in/)
    expect(first).toBe(21 + Math.max(60, grace))
  })

  test('is replaced at once when the grace period is removed', () => {
    const { aws } = balanced({ desiredCount: 1, healthCheckGracePeriodSeconds: 3600 })
    deployBalanced(aws, 'unhealthy')
    aws.advance(minutes(5))
    const since = aws.now / 1000
    updateWeb(aws, { healthCheckGracePeriodSeconds: 0 })
    aws.advance(minutes(1))
    expect(secondsSince(since, aws, /is unhealthy in/)).toEqual([1])
  })

  test('trips the circuit breaker, which rolls back to the healthy revision', () => {
    const deploymentConfiguration = { deploymentCircuitBreaker: { enable: true, rollback: true } }
    const { aws, group } = balanced({ desiredCount: 1, deploymentConfiguration })
    const [good] = describeWeb(aws).deployments
    deployBalanced(aws, 'unhealthy')
    const { serviceDeploymentArn } = currentServiceDeployment(aws)
    aws.advance(minutes(20))
    expect(describeWeb(aws).deployments).toMatchObject([{ id: good.id, rolloutState: 'COMPLETED' }])
    const { serviceDeployments } = aws.call('ecs', 'DescribeServiceDeployments', {
      serviceDeploymentArns: [serviceDeploymentArn],
    })
    expect(serviceDeployments).toMatchObject([
      { status: 'ROLLBACK_SUCCESSFUL', deploymentCircuitBreaker: { status: 'TRIGGERED', failureCount: 3 } },
    ])
    expect(states(aws, group)).toEqual(['healthy'])
  })

  test('fails by its container health check where that is the first to notice', () => {
    const { aws } = balanced({ desiredCount: 1 })
    const id = deployBalanced(aws, 'unhealthy', { healthCheck: { command: ['CMD', 'false'], interval: 5, retries: 2 } })
    aws.advance(seconds(40))
    expect(tasksOf(aws, id)[0]).toMatchObject({ stoppedReason: 'Task failed container health checks' })
  })

  test('of a container without a load balancer and a health check has no effect', () => {
    const aws = localAws()
    const group = balancedTargetGroup(aws)
    aws.call('ecs', 'CreateCluster', { clusterName: 'c' })
    const containerDefinitions = [
      { name: 'web', image: 'web:v1', memory: 128, portMappings: [{ containerPort: 8080 }] },
      { name: 'log', image: 'log:unhealthy', memory: 128 },
    ]
    aws.call('ecs', 'RegisterTaskDefinition', { family: 'web', networkMode: 'awsvpc', containerDefinitions })
    aws.call('ecs', 'CreateService', {
      cluster: 'c',
      serviceName: 'web',
      taskDefinition: 'web',
      desiredCount: 1,
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } },
      loadBalancers: behind(group),
    })
    aws.advance(minutes(5))
    expect(describeWeb(aws).deployments).toMatchObject([{ rolloutState: 'COMPLETED', failedTasks: 0 }])
  })
})

describe('A target group of instances', () => {
  const onInstances = (portMapping: Unchecked, networkMode = 'bridge'): { aws: TestAws; group: string } => {
    const aws = localAws()
    const group = balancedTargetGroup(aws, 'web', { TargetType: 'instance' })
    const definition = { networkMode, container: { portMappings: [{ containerPort: 8080, ...portMapping }] } }
    createWeb(aws, { definition, loadBalancers: behind(group) })
    return { aws, group }
  }

  test.each([
    ['a fixed host port', { hostPort: 80 }, 'bridge', [80, 80]],
    ['the host network', {}, 'host', [8080, 8080]],
  ])('has the tasks by instance and host port: %s', (_, mapping, networkMode, ports) => {
    const { aws, group } = onInstances(mapping, networkMode)
    expect(states(aws, group)).toEqual(['healthy', 'healthy'])
    const targets = healthOf(aws, group).map(({ Target }) => Target)
    expect(targets.map(({ Port }) => Port)).toEqual(ports)
    expect(new Set(targets.map(({ Id }) => Id)).size).toBe(2)
    expect(targets[0].Id).toMatch(/^i-[0-9a-f]{17}$/)
  })

  test('finds dynamic host ports where the tasks show them', () => {
    const { aws, group } = onInstances({ hostPort: 0 })
    const ports = healthOf(aws, group).map(({ Target }) => Target.Port)
    for (const port of ports) expect(port).toBeGreaterThanOrEqual(32_768)
    expect(live(aws).map(({ containers }) => containers[0].networkBindings)).toEqual(
      ports.map((hostPort) => [{ bindIP: '0.0.0.0', containerPort: 8080, hostPort, protocol: 'tcp' }]),
    )
  })

  test('names the instance of a target that fails', () => {
    const { aws, group } = onInstances({ hostPort: 80 })
    const definition = { networkMode: 'bridge', container: { portMappings: [{ containerPort: 8080, hostPort: 80 }] } }
    const since = aws.now / 1000
    const image = { name: 'web', image: 'web:unhealthy', memory: 128, ...definition.container }
    aws.call('ecs', 'RegisterTaskDefinition', { family: 'web', networkMode: 'bridge', containerDefinitions: [image] })
    updateWeb(aws, { taskDefinition: 'web' })
    aws.advance(minutes(2))
    expect(messages(aws, since)).toContainEqual(
      expect.stringMatching(/^\(instance i-[0-9a-f]{17}\) \(port 80\) is unhealthy in \(target-group /),
    )
    expect(states(aws, group).slice(0, 2)).toEqual(['healthy', 'healthy'])
  })
})

describe('A target group that nothing forwards to', () => {
  test('does not check its targets until a listener forwards to it', () => {
    const aws = localAws()
    const group = createTargetGroup(aws)
    aws.call('elbv2', 'RegisterTargets', { TargetGroupArn: group, Targets: [{ Id: '10.0.0.1', Port: 81 }] })
    aws.advance(minutes(60))
    expect(healthOf(aws, group)[0]!['TargetHealth']).toEqual({
      State: 'unused',
      Reason: 'Target.NotInUse',
      Description: 'Target group is not configured to receive traffic from the load balancer',
    })
    createListener(aws, createLoadBalancer(aws), group)
    expect(states(aws, group)).toEqual(['initial'])
    aws.advance(seconds(150))
    expect(states(aws, group)).toEqual(['healthy'])
  })

  test('deregisters its targets without draining', () => {
    const aws = localAws()
    const group = createTargetGroup(aws)
    const Targets = [{ Id: '10.0.0.1' }]
    aws.call('elbv2', 'RegisterTargets', { TargetGroupArn: group, Targets })
    aws.call('elbv2', 'DeregisterTargets', { TargetGroupArn: group, Targets })
    const [{ TargetHealth }] = aws.call('elbv2', 'DescribeTargetHealth', {
      TargetGroupArn: group,
      Targets,
    }).TargetHealthDescriptions
    expect(TargetHealth).toEqual({
      State: 'unused',
      Reason: 'Target.NotRegistered',
      Description: 'Target is not registered to the target group',
    })
  })

  test('holds a rollout up until it is forwarded to again', () => {
    const { aws, group } = balanced()
    const [{ LoadBalancerArn }] = aws.call('elbv2', 'DescribeLoadBalancers').LoadBalancers
    const [{ ListenerArn }] = aws.call('elbv2', 'DescribeListeners', { LoadBalancerArn }).Listeners
    deployBalanced(aws, 'v2')
    aws.advance(seconds(30))
    aws.call('elbv2', 'DeleteListener', { ListenerArn })
    aws.advance(minutes(30))
    expect(new Set(states(aws, group))).toEqual(new Set(['unused']))
    expect(describeWeb(aws).deployments[0]).toMatchObject({ rolloutState: 'IN_PROGRESS', runningCount: 2 })
    createListener(aws, LoadBalancerArn, group)
    aws.advance(minutes(10))
    expect(describeWeb(aws).deployments).toMatchObject([{ rolloutState: 'COMPLETED' }])
    expect(states(aws, group)).toEqual(['healthy', 'healthy'])
  })
})

describe('A service is refused', () => {
  const missing = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/none/0123456789abcdef'
  const cases: [string, (aws: TestAws) => Unchecked, RegExp][] = [
    ['an unknown target group', () => behind(missing)[0]!, /^The target group arn:.*none.* does not exist\.$/],
    [
      'a target group that nothing forwards to',
      (aws) => behind(createTargetGroup(aws, 'alone'))[0]!,
      /^The target group with targetGroupArn arn:.*alone.* does not have an associated load balancer\.$/,
    ],
    [
      'a target group of instances for tasks with a network interface',
      (aws) => behind(balancedTargetGroup(aws, 'other', { TargetType: 'instance' }))[0]!,
      /^The provided target group arn:.* has target type instance, which is incompatible with the awsvpc network mode specified in the task definition\.$/,
    ],
    [
      'a container that is not there',
      (aws) => ({ ...behind(balancedTargetGroup(aws, 'other'))[0], containerName: 'app' }),
      /^The container app does not exist in the task definition\.$/,
    ],
    [
      'a port that is not mapped',
      (aws) => ({ ...behind(balancedTargetGroup(aws, 'other'))[0], containerPort: 80 }),
      /^The container web did not have a container port 80 defined\.$/,
    ],
    [
      'no port',
      (aws) => ({ ...behind(balancedTargetGroup(aws, 'other'))[0], containerPort: undefined }),
      /^Container Port can not be blank\.$/,
    ],
    [
      'a Classic Load Balancer',
      () => ({ loadBalancerName: 'old', containerName: 'web', containerPort: 8080 }),
      /^The load balancer old does not exist\.$/,
    ],
  ]

  test.each(cases)('%s', (_, loadBalancer, message) => {
    const { aws } = balanced()
    const before = JSON.stringify(describeWeb(aws))
    const refusal = expect.objectContaining({
      code: 'InvalidParameterException',
      message: expect.stringMatching(message),
    })
    const loadBalancers = [loadBalancer(aws)]
    expect(() => updateWeb(aws, { loadBalancers })).toThrow(refusal)
    expect(JSON.stringify(describeWeb(aws))).toBe(before)
    const service = { cluster: 'c', serviceName: 'two', desiredCount: 1, taskDefinition: 'web', loadBalancers }
    const networkConfiguration = { awsvpcConfiguration: { subnets: ['subnet-1'] } }
    expect(() => aws.call('ecs', 'CreateService', { ...service, networkConfiguration })).toThrow(refusal)
    expect(aws.call('ecs', 'ListServices', { cluster: 'c' }).serviceArns).toHaveLength(1)
  })

  test('no port, although the container has one that it maps by range', () => {
    const { aws } = balanced()
    const container = { portMappings: [{ containerPortRange: '8000-8010' }] }
    registerWeb(aws, 'v2', { networkMode: 'awsvpc', container })
    const [{ containerPort: _, ...loadBalancer }] = behind(balancedTargetGroup(aws, 'other')) as [Unchecked]
    expect(() => updateWeb(aws, { taskDefinition: 'web:2', loadBalancers: [loadBalancer] })).toThrow(
      expect.objectContaining({ message: 'Container Port can not be blank.' }),
    )
  })

  test('a revision without the port that its load balancer needs', () => {
    const { aws } = balanced()
    expect(() => deployBalanced(aws, 'v2', { portMappings: [] })).toThrow(
      expect.objectContaining({ message: 'The container web did not have a container port 8080 defined.' }),
    )
  })
})
