import { expect, test } from 'vitest'
import type { Unchecked } from '../../../../src/local/world/operation.ts'
import { balancedTargetGroup, behind, healthOf } from '../../balancedWeb.ts'
import { instance, join, liveTasks, noInstances, resource, setState, spreadOver, unplaced } from '../instances.ts'
import { localAws, minutes, seconds, type TestAws } from '../../support.ts'
import { createWeb, deployWeb, describeWeb, messages, registerWeb, story, updateWeb } from '../../webService.ts'

const zones = ['us-east-1a', 'us-east-1b', 'us-east-1c']

/** Instances of 2048 CPU units and 1024 MiB, one for each of the zones. */
const joinZones = (aws: TestAws, of = zones): string[] =>
  of.map((availabilityZone, index) => join(aws, `i-${index}`, { availabilityZone }))

const web = (container: Unchecked = {}, more: Unchecked = {}): Unchecked => ({ definition: { container, ...more } })

const run = (aws: TestAws, input: Unchecked = {}, container: Unchecked = {}, definition: Unchecked = {}): Unchecked =>
  aws.call('ecs', 'RunTask', {
    cluster: 'c',
    taskDefinition: registerWeb(aws, 'v1', { container, ...definition }),
    ...input,
  })

const idOf = (arn: string): string => arn.split('/').at(-1)!

test('a task on an instance shows the instance and its Availability Zone', () => {
  const aws = localAws()
  const arn = join(aws, 'i-1', { availabilityZone: 'us-east-1c' })
  createWeb(aws)
  expect(liveTasks(aws)).toMatchObject([
    { containerInstanceArn: arn, availabilityZone: 'us-east-1c', launchType: 'EC2', lastStatus: 'RUNNING' },
    { containerInstanceArn: arn, availabilityZone: 'us-east-1c' },
  ])
  expect(liveTasks(aws, { containerInstance: arn })).toHaveLength(2)
  expect(liveTasks(aws, { containerInstance: idOf(arn) })).toHaveLength(2)
  expect(liveTasks(aws, { containerInstance: 'another' })).toEqual([])
})

test('a cluster without container instances always has room, and Fargate has it with them', () => {
  const aws = localAws()
  createWeb(aws, { desiredCount: 50, ...web({ memory: 100_000 }) })
  expect(describeWeb(aws)).toMatchObject({ runningCount: 50 })
  join(aws, 'i-1')
  const fargate = { networkMode: 'awsvpc', requiresCompatibilities: ['FARGATE'], cpu: '4096', memory: '8192' }
  const networkConfiguration = { awsvpcConfiguration: { subnets: ['subnet-1'] } }
  const { tasks, failures } = run(aws, { launchType: 'FARGATE', networkConfiguration, count: 10 }, {}, fargate)
  expect([tasks.length, failures]).toEqual([10, []])
  expect(tasks[0]).not.toHaveProperty('containerInstanceArn')
})

test.each([
  ['memory', { memory: 300 }, 3, 'has insufficient memory available.'],
  [
    'memoryReservation before memory',
    { memory: 1000, memoryReservation: 300 },
    3,
    'has insufficient memory available.',
  ],
  ['CPU', { cpu: 1000 }, 2, 'has insufficient CPU units available.'],
  [
    'a host port',
    { portMappings: [{ containerPort: 80, hostPort: 8080 }] },
    1,
    'is already using a port required by your task.',
  ],
  [
    'a port of the agent',
    { portMappings: [{ containerPort: 80, hostPort: 22 }] },
    0,
    'is already using a port required by your task.',
  ],
])('a service gets as many tasks as there is room for by %s, and says why no more', (_, container, count, why) => {
  const aws = localAws()
  const arn = join(aws, 'i-1')
  createWeb(aws, { desiredCount: 4, ...web(container) })
  expect(describeWeb(aws)).toMatchObject({ runningCount: count, pendingCount: 0, desiredCount: 4 })
  expect(messages(aws)).toContain(unplaced(arn, why))
  expect(describeWeb(aws).deployments[0]).toMatchObject({ rolloutState: 'IN_PROGRESS', failedTasks: 0 })
})

test('the size of a task takes precedence over that of its containers', () => {
  const aws = localAws()
  join(aws, 'i-1')
  createWeb(aws, { desiredCount: 4, ...web({ memory: 100 }, { memory: '512' }) })
  expect(describeWeb(aws)).toMatchObject({ runningCount: 2 })
})

test('open host ports take free ones, and a network interface of its own takes none', () => {
  const aws = localAws()
  const arn = join(aws, 'i-1')
  createWeb(aws, { desiredCount: 6, ...web({ portMappings: [{ containerPort: 80 }] }) })
  const ports = liveTasks(aws).map((task) => task.containers[0]!.networkBindings[0]!.hostPort)
  expect(new Set(ports).size).toBe(6)
  for (const port of ports) expect(port).toBeGreaterThanOrEqual(32_768)
  expect(resource(instance(aws, arn), 'PORTS')).toHaveLength(5)
  const networkConfiguration = { awsvpcConfiguration: { subnets: ['subnet-1'] } }
  const mapped = { memory: 10, portMappings: [{ containerPort: 80 }] }
  expect(run(aws, { count: 3, networkConfiguration }, mapped, { networkMode: 'awsvpc' }).tasks).toHaveLength(3)
})

test('hundreds of tasks on one instance have as many host ports', () => {
  const aws = localAws()
  join(aws, 'i-1', { memory: 10_000 })
  const container = { memory: 1, portMappings: [{ containerPort: 80 }] }
  for (let calls = 0; calls < 30; calls += 1) run(aws, { count: 10 }, container)
  aws.advance(seconds(5))
  const ports = Object.values(aws.region.tasks).map(({ task }) => task.containers[0]!.networkBindings[0]!.hostPort)
  expect(ports).toHaveLength(300)
  expect(new Set(ports).size).toBe(300)
})

test('an instance has at most 100 reserved ports', () => {
  const aws = localAws()
  const arn = join(aws, 'i-1')
  const ports = (from: number, count: number): Unchecked =>
    Array.from({ length: count }, (_, index) => ({ containerPort: from + index, hostPort: from + index }))
  expect(run(aws, {}, { portMappings: ports(10_000, 96) }).failures).toEqual([{ arn, reason: 'RESOURCE:PORTS' }])
  expect(run(aws, {}, { portMappings: ports(10_000, 95) }).failures).toEqual([])
  expect(run(aws, {}, { portMappings: ports(20_000, 1) }).failures).toEqual([{ arn, reason: 'RESOURCE:PORTS' }])
  expect(run(aws, {}, { portMappings: [{ containerPort: 80 }] }).failures).toEqual([])
})

test('a service waits for room, says so every six hours, and continues at once when there is some', () => {
  const aws = localAws()
  const arn = join(aws, 'i-1')
  createWeb(aws, { desiredCount: 2, ...web({ memory: 600 }) })
  const full = unplaced(arn, 'has insufficient memory available.')
  expect(messages(aws).filter((message) => message === full)).toHaveLength(1)
  aws.advance(minutes(360))
  expect(messages(aws).filter((message) => message === full)).toHaveLength(2)
  const second = join(aws, 'i-2')
  aws.advance(seconds(1))
  expect(spreadOver(aws, [arn, second])).toEqual([1, 1])
  aws.advance(minutes(2))
  expect(describeWeb(aws).deployments).toMatchObject([{ rolloutState: 'COMPLETED', runningCount: 2 }])
})

test('a service continues when a task of another service has STOPPED', () => {
  const aws = localAws()
  join(aws, 'i-1')
  const [other] = run(aws, {}, { image: 'web:slow-10m', memory: 600 }).tasks
  createWeb(aws, { desiredCount: 1, ...web({ memory: 600 }) })
  expect(describeWeb(aws)).toMatchObject({ runningCount: 0, pendingCount: 0 })
  aws.call('ecs', 'StopTask', { cluster: 'c', task: other.taskArn })
  aws.advance(seconds(1))
  expect(describeWeb(aws)).toMatchObject({ pendingCount: 0 })
  aws.advance(seconds(1))
  expect(describeWeb(aws)).toMatchObject({ pendingCount: 1 })
})

test('a service without ACTIVE instances says that there are none', () => {
  const aws = localAws()
  const arn = join(aws, 'i-1')
  setState(aws, 'DRAINING', arn)
  createWeb(aws)
  expect(messages(aws)).toEqual([noInstances])
  setState(aws, 'ACTIVE', arn)
  aws.advance(minutes(2))
  expect(describeWeb(aws)).toMatchObject({ runningCount: 2 })
})

test('without a strategy a service is spread over the zones, and there over the instances', () => {
  const aws = localAws()
  const arns = joinZones(aws, ['us-east-1a', 'us-east-1a', 'us-east-1b'])
  createWeb(aws, { desiredCount: 6 })
  expect(spreadOver(aws, arns)).toEqual([2, 1, 3])
})

test('each service is spread on its own, whatever else runs', () => {
  const aws = localAws()
  const arns = joinZones(aws)
  const placementConstraints = [{ type: 'memberOf', expression: 'ec2InstanceId == i-0' }]
  run(aws, { count: 3, placementConstraints }, { image: 'web:slow-90m', memory: 10 })
  createWeb(aws, { desiredCount: 3 })
  expect(spreadOver(aws, arns, { serviceName: 'web' })).toEqual([1, 1, 1])
})

test.each([
  [[{ type: 'spread', field: 'instanceId' }], [2, 2, 2]],
  [[{ type: 'spread', field: 'host' }], [2, 2, 2]],
  [[{ type: 'spread', field: 'attribute:ecs.availability-zone' }], [2, 2, 2]],
  [[{ type: 'spread', field: 'attribute:rack' }], [6, 0, 0]],
  [[{ type: 'binpack', field: 'memory' }], [6, 0, 0]],
  [[{ type: 'binpack', field: 'CPU' }], [0, 6, 0]],
  [
    [
      { type: 'spread', field: 'attribute:ecs.availability-zone' },
      { type: 'binpack', field: 'memory' },
    ],
    [2, 2, 2],
  ],
])('the strategy %j places six tasks as %j', (placementStrategy, expected) => {
  const aws = localAws()
  const sizes = [{ memory: 1000 }, { cpu: 1000 }, {}]
  const arns = zones.map((availabilityZone, index) => join(aws, `i-${index}`, { availabilityZone, ...sizes[index] }))
  createWeb(aws, { desiredCount: 6, placementStrategy, ...web({ cpu: 100 }) })
  expect(spreadOver(aws, arns)).toEqual(expected)
})

test('the strategy random places every task, and in the same way for the same state', () => {
  const placed = (): number[] => {
    const aws = localAws()
    const arns = joinZones(aws)
    createWeb(aws, { desiredCount: 9, placementStrategy: [{ type: 'random' }] })
    return spreadOver(aws, arns)
  }
  const counts = placed()
  expect(counts.reduce((sum, count) => sum + count)).toBe(9)
  expect(counts).not.toEqual([9, 0, 0])
  expect(placed()).toEqual(counts)
})

test('distinctInstance keeps the tasks of a service apart, and says so', () => {
  const aws = localAws()
  const arns = joinZones(aws)
  createWeb(aws, { desiredCount: 4, placementConstraints: [{ type: 'distinctInstance' }] })
  expect(spreadOver(aws, arns)).toEqual([1, 1, 1])
  expect(messages(aws)).toContain(
    unplaced(arns[0]!, 'encountered error "DistinctInstance placement constraint unsatisfied.".'),
  )
  expect(run(aws, {}, { memory: 10 }).tasks).toHaveLength(1)
})

test('a stopping task does not block distinctInstance', () => {
  const aws = localAws()
  join(aws, 'i-1')
  const runApart = (): Unchecked =>
    run(aws, { placementConstraints: [{ type: 'distinctInstance' }] }, { image: 'web:slow-9m' })
  const [{ taskArn }] = runApart().tasks
  expect(runApart().failures).toHaveLength(1)
  aws.call('ecs', 'StopTask', { cluster: 'c', task: taskArn })
  expect(runApart()).toMatchObject({ tasks: [{ lastStatus: 'PENDING' }], failures: [] })
})

test('memberOf of the service and of the task definition both hold, and an attribute that is put lets tasks in', () => {
  const aws = localAws()
  const arns = joinZones(aws)
  const memberOf = (expression: string): Unchecked => ({ type: 'memberOf', expression })
  createWeb(aws, {
    placementConstraints: [memberOf('attribute:ecs.availability-zone =~ us-east-1[bc]')],
    ...web({}, { placementConstraints: [memberOf('attribute:stack == prod')] }),
  })
  expect(messages(aws)).toEqual([unplaced(arns[0]!, 'encountered error "MemberOf placement constraint unsatisfied.".')])
  const attributes = [arns[0], arns[2]].map((targetId) => ({ name: 'stack', value: 'prod', targetId }))
  aws.call('ecs', 'PutAttributes', { cluster: 'c', attributes })
  aws.advance(minutes(2))
  expect(spreadOver(aws, arns)).toEqual([0, 0, 2])
})

test('the closest match is the instance that only lacks room', () => {
  const aws = localAws()
  joinZones(aws, ['us-east-1a'])
  const arn = join(aws, 'i-9', { availabilityZone: 'us-east-1b' })
  const placementConstraints = [{ type: 'memberOf', expression: 'attribute:ecs.availability-zone == us-east-1b' }]
  createWeb(aws, { placementConstraints, ...web({ memory: 2000 }) })
  expect(messages(aws)).toEqual([unplaced(arn, 'has insufficient memory available.')])
})

test('RunTask starts what there is room for, and returns a failure of each instance for the rest', () => {
  const aws = localAws()
  const [one, two] = joinZones(aws, zones.slice(0, 2))
  const { tasks, failures } = run(aws, { count: 4, clientToken: 'once' }, { memory: 600 })
  expect(tasks).toHaveLength(2)
  expect(failures).toEqual([
    { arn: one, reason: 'RESOURCE:MEMORY' },
    { arn: two, reason: 'RESOURCE:MEMORY' },
  ])
  expect(run(aws, {}, { cpu: 5000, memory: 10 }).failures).toMatchObject([{ reason: 'RESOURCE:CPU' }, {}])
  expect(run(aws, { overrides: { cpu: '5000' } }, { memory: 10 }).failures).toHaveLength(2)
  const placementConstraints = [{ type: 'memberOf', expression: 'ec2InstanceId == i-0' }]
  expect(run(aws, { placementConstraints }, { memory: 500 }).failures).toEqual([
    { arn: one, reason: 'RESOURCE:MEMORY' },
    { arn: two, reason: 'MemberOf placement constraint unsatisfied.' },
  ])
  aws.advance(minutes(1))
  const kept = run(aws, { placementConstraints: [{ type: 'distinctInstance' }], count: 3 }, { memory: 100 })
  expect([kept.tasks.length, kept.failures[0].reason]).toEqual([
    2,
    'DistinctInstance placement constraint unsatisfied.',
  ])
})

test('RunTask of a cluster whose instances have all gone is refused', () => {
  const aws = localAws()
  aws.call('ecs', 'DeregisterContainerInstance', { cluster: 'c', containerInstance: join(aws, 'i-1') })
  expect(() => run(aws)).toThrow('No Container Instances were found in your cluster.')
})

test.each([
  ['RunTask', { placementConstraints: [{ type: 'memberOf', expression: 'x == y' }] }],
  ['RunTask', { placementConstraints: [{ type: 'memberOf' }] }],
  ['RunTask', { placementConstraints: [{ type: 'distinctInstance', expression: 'agentConnected == true' }] }],
  ['RunTask', { placementConstraints: [{ type: 'nearby' }] }],
  ['RunTask', { placementConstraints: Array.from({ length: 11 }, () => ({ type: 'distinctInstance' })) }],
  ['RunTask', { placementStrategy: Array.from({ length: 6 }, () => ({ type: 'random' })) }],
  ['RunTask', { placementStrategy: [{ type: 'spread', field: 'cpu' }] }],
  ['RunTask', { placementStrategy: [{ type: 'spread' }] }],
  ['UpdateService', { placementStrategy: [{ type: 'binpack', field: 'instanceId' }] }],
  ['UpdateService', { placementStrategy: [{ type: 'pack' }] }],
  ['RegisterTaskDefinition', { placementConstraints: [{ type: 'distinctInstance' }] }],
])('%s is refused with %j', (operation, input) => {
  const aws = localAws()
  createWeb(aws)
  const before = JSON.stringify(aws.region.tasks) + JSON.stringify(aws.region.services)
  const containerDefinitions = [{ name: 'web', image: 'web:v1', memory: 128 }]
  const whole = {
    RunTask: { cluster: 'c', taskDefinition: 'web' },
    UpdateService: { cluster: 'c', service: 'web' },
    RegisterTaskDefinition: { family: 'web', containerDefinitions },
  }[operation]
  expect(() => aws.call('ecs', operation, { ...whole, ...input })).toThrow(
    expect.objectContaining({ code: 'InvalidParameterException' }),
  )
  expect(JSON.stringify(aws.region.tasks) + JSON.stringify(aws.region.services)).toBe(before)
  expect(aws.call('ecs', 'ListTaskDefinitions').taskDefinitionArns).toHaveLength(1)
})

test('a rollout for whose new tasks there is no room stops old ones first, down to the minimum', () => {
  const aws = localAws()
  const arn = join(aws, 'i-1')
  const definition = { container: { memory: 500 } }
  createWeb(aws, { deploymentConfiguration: { minimumHealthyPercent: 50, maximumPercent: 200 }, definition })
  let fewest = 2
  const id = deployWeb(aws, 'v2', {}, definition)
  for (let second = 0; second < 300; second += 1) {
    aws.advance(seconds(1))
    fewest = Math.min(fewest, describeWeb(aws).runningCount)
  }
  expect(describeWeb(aws).deployments).toMatchObject([{ id, rolloutState: 'COMPLETED', runningCount: 2 }])
  expect(fewest).toBe(1)
  expect(spreadOver(aws, [arn])).toEqual([2])
})

test('a rollout with room for some of its new tasks waits for these before it stops old ones', () => {
  const aws = localAws()
  join(aws, 'i-1')
  const definition = { container: { memory: 200 } }
  const deploymentConfiguration = { minimumHealthyPercent: 50, maximumPercent: 200 }
  createWeb(aws, { desiredCount: 4, deploymentConfiguration, definition })
  const since = aws.now / 1000
  const id = deployWeb(aws, 'v2', {}, definition)
  aws.advance(seconds(1 + 5 + 39))
  expect(describeWeb(aws).deployments).toMatchObject([{ id, runningCount: 1 }, { runningCount: 4 }])
  aws.advance(seconds(1))
  expect(describeWeb(aws).deployments).toMatchObject([{ id, runningCount: 1 }, { runningCount: 1 }])
  aws.advance(minutes(5))
  expect(describeWeb(aws).deployments).toMatchObject([{ id, rolloutState: 'COMPLETED', runningCount: 4 }])
  expect(story(aws, since)).toBe('unplaced +1 -3 +3 -1 done steady')
})

test('a rollout for whose new tasks there is no room waits where the minimum leaves nothing to stop', () => {
  const aws = localAws()
  const arn = join(aws, 'i-1')
  const definition = { container: { memory: 500 } }
  createWeb(aws, { definition })
  const since = aws.now / 1000
  const id = deployWeb(aws, 'v2', {}, definition)
  aws.advance(minutes(60))
  expect(messages(aws, since)).toEqual([unplaced(arn, 'has insufficient memory available.')])
  expect(describeWeb(aws).deployments).toMatchObject([
    { id, rolloutState: 'IN_PROGRESS', runningCount: 0 },
    { status: 'ACTIVE', runningCount: 2 },
  ])
})

test('a daemon has one task on each ACTIVE instance that satisfies its constraints, now and later', () => {
  const aws = localAws()
  const arns = joinZones(aws)
  const placementConstraints = [{ type: 'memberOf', expression: 'attribute:ecs.availability-zone != us-east-1c' }]
  createWeb(aws, { schedulingStrategy: 'DAEMON', desiredCount: undefined, placementConstraints })
  expect(spreadOver(aws, arns)).toEqual([1, 1, 0])
  expect(describeWeb(aws)).toMatchObject({ desiredCount: 2, runningCount: 2 })
  const more = join(aws, 'i-9', { availabilityZone: 'us-east-1b' })
  expect(() => updateWeb(aws, { desiredCount: 7 })).toThrow(
    'The daemon scheduling strategy does not support a desired count for services.',
  )
  aws.advance(minutes(2))
  expect(spreadOver(aws, [...arns, more])).toEqual([1, 1, 0, 1])
  const id = deployWeb(aws, 'v2')
  aws.advance(minutes(5))
  expect(spreadOver(aws, [...arns, more])).toEqual([1, 1, 0, 1])
  expect(describeWeb(aws).deployments).toMatchObject([{ id, rolloutState: 'COMPLETED', desiredCount: 3 }])
})

test('a daemon comes first on an instance that joins', () => {
  const aws = localAws()
  const container = { memory: 600 }
  join(aws, 'i-1')
  createWeb(aws, { desiredCount: 2, ...web(container) })
  const daemon = { serviceName: 'agent', schedulingStrategy: 'DAEMON', taskDefinition: 'web' }
  aws.call('ecs', 'CreateService', { cluster: 'c', ...daemon })
  aws.advance(minutes(1))
  const second = join(aws, 'i-2')
  aws.advance(minutes(1))
  expect(liveTasks(aws, { containerInstance: second })).toMatchObject([{ group: 'service:agent' }])
})

test('a task behind a load balancer is registered as its instance and host port', () => {
  const aws = localAws()
  const group = balancedTargetGroup(aws, 'web', { TargetType: 'instance' })
  join(aws, 'i-1')
  createWeb(aws, {
    desiredCount: 3,
    loadBalancers: behind(group),
    ...web({ memory: 100, portMappings: [{ containerPort: 8080 }] }),
  })
  const targets: Unchecked[] = healthOf(aws, group).map(({ Target }) => Target)
  const bound = liveTasks(aws).map((task) => task.containers[0]!.networkBindings[0]!.hostPort)
  expect(targets.map(({ Id }) => Id)).toEqual(['i-1', 'i-1', 'i-1'])
  expect(new Set(targets.map(({ Port }) => Port))).toEqual(new Set(bound))
})
