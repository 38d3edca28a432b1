import { expect, test } from 'vitest'
import type { Unchecked } from '../../../../src/local/world/operation.ts'
import { identity, instance, join, resource, setState } from '../instances.ts'
import { registerContainerInstance } from '../../../../src/local/ecs/containerInstances/containerInstance.ts'
import { contextOf, localAws, seconds, type TestAws } from '../../support.ts'
import { registerWeb } from '../../webService.ts'

const refusal = (code: string, message = ''): Error =>
  expect.objectContaining({ code, message: expect.stringContaining(message) })

const integer = (name: string, integerValue: number): Unchecked => ({ name, type: 'INTEGER', integerValue })
const totalResources = [integer('CPU', 4096), integer('MEMORY', 7684)]

function register(aws: TestAws, input: Unchecked = {}): Unchecked {
  if (!aws.region.clusters.c) aws.call('ecs', 'CreateCluster', { clusterName: 'c' })
  const document = { cluster: 'c', instanceIdentityDocument: identity('i-1'), totalResources }
  return aws.call('ecs', 'RegisterContainerInstance', { ...document, ...input }).containerInstance
}

const list = (aws: TestAws, input: Unchecked = {}): string[] =>
  aws.call('ecs', 'ListContainerInstances', { cluster: 'c', ...input }).containerInstanceArns

const runOn = (aws: TestAws, definition: Unchecked = {}): Unchecked => {
  const taskDefinition = registerWeb(aws, 'v1', { container: { memory: 256, cpu: 512 }, ...definition })
  return aws.call('ecs', 'RunTask', { cluster: 'c', taskDefinition }).tasks[0]
}

test('an agent registers its instance, which is shown with its resources, attributes and version', () => {
  const aws = localAws()
  const attributes = [{ name: 'stack', value: 'prod' }]
  const tags = [{ key: 'team', value: 'a' }]
  const { containerInstanceArn } = register(aws, { attributes, tags, versionInfo: { agentVersion: '1.90.0' } })
  expect(containerInstanceArn).toMatch(/^arn:aws:ecs:us-east-1:123456789012:container-instance\/c\/[0-9a-f]{32}$/)
  const shown = instance(aws, containerInstanceArn, { include: ['TAGS'] })
  expect(shown).toMatchObject({
    containerInstanceArn,
    ec2InstanceId: 'i-1',
    status: 'ACTIVE',
    agentConnected: true,
    version: 1,
    versionInfo: { agentVersion: '1.90.0' },
    runningTasksCount: 0,
    pendingTasksCount: 0,
    registeredAt: aws.now / 1000,
    tags,
  })
  for (const attribute of [
    { name: 'ecs.instance-type', value: 'm5.large' },
    { name: 'ecs.availability-zone', value: 'us-east-1b' },
    { name: 'ecs.ami-id', value: 'ami-2' },
    { name: 'ecs.os-type', value: 'linux' },
    { name: 'ecs.capability.task-eni' },
    ...attributes,
  ]) {
    expect(shown.attributes).toContainEqual(attribute)
  }
  expect(resource(shown, 'PORTS')).toEqual(['22', '2375', '2376', '51678', '51679'])
  expect([resource(shown, 'CPU', 'registeredResources'), resource(shown, 'CPU')]).toEqual([4096, 4096])
})

test('an agent that registers again gets the same instance', () => {
  const aws = localAws()
  const first = register(aws)
  aws.advance(seconds(60))
  expect(register(aws)).toEqual(first)
  expect(
    register(aws, { containerInstanceArn: first.containerInstanceArn, instanceIdentityDocument: undefined }),
  ).toEqual(first)
  expect(list(aws)).toEqual([first.containerInstanceArn])
})

test.each([
  [{ instanceIdentityDocument: '{' }, 'InvalidParameterException', 'identity document'],
  [{ instanceIdentityDocument: undefined }, 'InvalidParameterException', 'identity document'],
  [{ instanceIdentityDocument: '{"instanceId": "i-1"}' }, 'InvalidParameterException', 'identity document'],
  [{ totalResources: undefined }, 'InvalidParameterException', 'totalResources'],
  [{ cluster: 'nope' }, 'ClusterNotFoundException', 'Cluster not found.'],
])('an agent that registers with %j is refused', (input, code, message) => {
  const aws = localAws()
  expect(() => register(aws, input)).toThrow(refusal(code, message))
  expect(aws.region.containerInstances).toEqual({})
})

test('an instance joins an existing cluster once, and no other', () => {
  const aws = localAws()
  const arn = join(aws, 'i-1')
  expect(join(aws, 'i-1')).toBe(arn)
  const of = {
    ec2InstanceId: 'i-2',
    instanceType: 't4g.small',
    availabilityZone: 'us-east-1a',
    imageId: 'ami-1',
    cpu: 2048,
    memory: 1800,
  }
  expect(() => registerContainerInstance(contextOf(aws), { cluster: 'nope', ...of })).toThrow('Cluster not found.')
  const { clusterArn } = aws.region.clusters.c!.cluster
  const graviton = instance(aws, registerContainerInstance(contextOf(aws), { cluster: clusterArn, ...of }))
  expect(graviton.attributes).toContainEqual({ name: 'ecs.cpu-architecture', value: 'arm64' })
  expect(resource(graviton, 'PORTS')).toEqual(['22', '2375', '2376', '51678', '51679'])
})

test('the remaining resources of an instance exclude those of its tasks until they are STOPPED', () => {
  const aws = localAws()
  const arn = join(aws, 'i-1')
  const ports = [
    { containerPort: 80, hostPort: 8080 },
    { containerPort: 53, hostPort: 5353, protocol: 'udp' },
  ]
  const { taskArn } = runOn(aws, { container: { memory: 512, memoryReservation: 256, cpu: 512, portMappings: ports } })
  const left = (): unknown[] =>
    ['CPU', 'MEMORY', 'PORTS', 'PORTS_UDP'].map((name) => resource(instance(aws, arn), name))
  const counts = (): unknown[] => [instance(aws, arn).runningTasksCount, instance(aws, arn).pendingTasksCount]
  const taken = [1536, 768, ['22', '2375', '2376', '51678', '51679', '8080'], ['5353']]
  expect([left(), counts()]).toEqual([taken, [0, 1]])
  aws.advance(seconds(6))
  expect([left(), counts()]).toEqual([taken, [1, 0]])
  aws.call('ecs', 'StopTask', { cluster: 'c', task: taskArn })
  expect([left(), counts()]).toEqual([taken, [0, 0]])
  aws.advance(seconds(30))
  expect([left(), counts()]).toEqual([
    [2048, 1024, ['22', '2375', '2376', '51678', '51679'], []],
    [0, 0],
  ])
  expect(resource(instance(aws, arn), 'CPU', 'registeredResources')).toBe(2048)
})

test('instances are described by id and ARN, and unknown ones as MISSING', () => {
  const aws = localAws()
  const arn = join(aws, 'i-1')
  const id = arn.split('/').at(-1)!
  const elsewhere = arn.replace('us-east-1', 'eu-west-1')
  const named = [id, arn, 'nope', elsewhere]
  const { containerInstances, failures } = aws.call('ecs', 'DescribeContainerInstances', {
    cluster: 'c',
    containerInstances: named,
  })
  expect(containerInstances.map((each: Unchecked) => each.containerInstanceArn)).toEqual([arn, arn])
  expect(containerInstances[0].tags).toEqual([])
  expect(failures).toEqual([
    { arn: arn.replace(id, 'nope'), reason: 'MISSING' },
    { arn: elsewhere, reason: 'MISSING' },
  ])
})

test.each([
  ['DescribeContainerInstances', { containerInstances: [] }, 'ClientException'],
  [
    'DescribeContainerInstances',
    { containerInstances: Array.from({ length: 101 }, () => 'x') },
    'InvalidParameterException',
  ],
  ['DescribeContainerInstances', { containerInstances: ['x'], include: ['ALL'] }, 'InvalidParameterException'],
  ['DescribeContainerInstances', { cluster: 'nope', containerInstances: ['x'] }, 'ClusterNotFoundException'],
  ['UpdateContainerInstancesState', { containerInstances: [], status: 'DRAINING' }, 'ClientException'],
  [
    'UpdateContainerInstancesState',
    { containerInstances: Array.from({ length: 11 }, () => 'x'), status: 'DRAINING' },
    'InvalidParameterException',
  ],
  ['UpdateContainerInstancesState', { containerInstances: ['x'], status: 'REGISTERING' }, 'InvalidParameterException'],
  ['ListContainerInstances', { status: 'GONE' }, 'InvalidParameterException'],
  ['ListContainerInstances', { maxResults: 101 }, 'InvalidParameterException'],
  ['ListContainerInstances', { filter: 'weather == fine' }, 'InvalidParameterException'],
  ['DeregisterContainerInstance', { containerInstance: 'x' }, 'InvalidParameterException'],
])('%s of %j is refused', (operation, input, code) => {
  const aws = localAws()
  join(aws, 'i-1')
  const before = JSON.stringify(aws.region.containerInstances)
  expect(() => aws.call('ecs', operation, { cluster: 'c', ...input })).toThrow(refusal(code))
  expect(JSON.stringify(aws.region.containerInstances)).toBe(before)
})

test('instances are listed by status and filter, page by page', () => {
  const aws = localAws()
  const arns = ['i-1', 'i-2', 'i-3'].map((id) => join(aws, id))
  setState(aws, 'DRAINING', arns[1]!)
  expect(list(aws)).toEqual(arns)
  expect(list(aws, { status: 'DRAINING' })).toEqual([arns[1]])
  expect(list(aws, { status: 'ACTIVE', filter: 'ec2InstanceId in [i-1, i-2]' })).toEqual([arns[0]])
  runOn(aws)
  aws.advance(seconds(6))
  expect(list(aws, { filter: 'runningTasksCount == 0' })).toHaveLength(2)
  const { containerInstanceArns, nextToken } = aws.call('ecs', 'ListContainerInstances', {
    cluster: 'c',
    maxResults: 2,
  })
  expect(containerInstanceArns).toEqual(arns.slice(0, 2))
  expect(list(aws, { maxResults: 2, nextToken })).toEqual(arns.slice(2))
})

test('an instance is drained and activated again, and its version counts the changes', () => {
  const aws = localAws()
  const arn = join(aws, 'i-1')
  const answer = setState(aws, 'DRAINING', arn, 'nope')
  expect(answer.containerInstances).toMatchObject([{ containerInstanceArn: arn, status: 'DRAINING', version: 2 }])
  expect(answer.failures).toMatchObject([{ reason: 'MISSING' }])
  expect(setState(aws, 'DRAINING', arn).containerInstances).toMatchObject([{ version: 2 }])
  expect(setState(aws, 'ACTIVE', arn).containerInstances).toMatchObject([{ status: 'ACTIVE', version: 3 }])
})

test('an instance with tasks is deregistered only by force, and its tasks stop', () => {
  const aws = localAws()
  const arn = join(aws, 'i-1')
  const { taskArn } = runOn(aws)
  const deregister = (force?: boolean): Unchecked =>
    aws.call('ecs', 'DeregisterContainerInstance', { cluster: 'c', containerInstance: arn, force }).containerInstance
  expect(deregister).toThrow(refusal('InvalidParameterException', 'Found running tasks on the instance.'))
  expect(deregister(true)).toMatchObject({ status: 'INACTIVE', agentConnected: false })
  aws.advance(seconds(10))
  expect(aws.call('ecs', 'DescribeTasks', { cluster: 'c', tasks: [taskArn] }).tasks).toMatchObject([
    { lastStatus: 'STOPPED', stoppedReason: 'Container instance deregistration forced by user' },
  ])
  expect(list(aws)).toEqual([])
  expect(instance(aws, arn).status).toBe('INACTIVE')
  expect(setState(aws, 'ACTIVE', arn).failures).toEqual([{ arn, reason: 'INACTIVE' }])
  expect(deregister).toThrow(refusal('InvalidParameterException', 'not found'))
})

test('a cluster counts its instances, cannot be deleted with them, and is empty when it is created again', () => {
  const aws = localAws()
  const arns = ['i-1', 'i-2'].map((id) => join(aws, id))
  setState(aws, 'DRAINING', arns[0]!)
  const count = (): number =>
    aws.call('ecs', 'DescribeClusters', { clusters: ['c'] }).clusters[0].registeredContainerInstancesCount
  expect(count()).toBe(2)
  expect(() => aws.call('ecs', 'DeleteCluster', { cluster: 'c' })).toThrow(
    refusal('ClusterContainsContainerInstancesException', 'active or draining'),
  )
  for (const containerInstance of arns)
    aws.call('ecs', 'DeregisterContainerInstance', { cluster: 'c', containerInstance })
  expect(count()).toBe(0)
  aws.call('ecs', 'DeleteCluster', { cluster: 'c' })
  aws.call('ecs', 'CreateCluster', { clusterName: 'c' })
  expect(aws.region.containerInstances).toEqual({})
  expect(runOn(aws)).not.toHaveProperty('containerInstanceArn')
})

test('an instance has tags like any resource', () => {
  const aws = localAws()
  const resourceArn = join(aws, 'i-1')
  const tags = [{ key: 'team', value: 'a' }]
  aws.call('ecs', 'TagResource', { resourceArn, tags })
  expect(aws.call('ecs', 'ListTagsForResource', { resourceArn }).tags).toEqual(tags)
  expect(instance(aws, resourceArn, { include: ['TAGS'] }).tags).toEqual(tags)
})
