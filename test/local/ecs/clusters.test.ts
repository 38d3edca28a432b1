import { expect, it } from 'vitest'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import { localAws } from '../support.ts'
import type { TestAws } from '../support.ts'

const arn = 'arn:aws:ecs:us-east-1:123456789012:cluster/shop'

/** A world with the cluster `shop`, and what it holds written right into it. */
function shop(holding: { services?: Unchecked[]; tasks?: Unchecked[] } = {}): TestAws {
  const aws = localAws()
  aws.call('ecs', 'CreateCluster', { clusterName: 'shop' })
  for (const [index, service] of (holding.services ?? []).entries()) {
    Object.assign(aws.region.services, { [`shop/${index}`]: recordOf({ clusterArn: arn, ...service }) })
  }
  for (const [index, task] of (holding.tasks ?? []).entries()) {
    Object.assign(aws.region.tasks, {
      [`task/${index}`]: { task: { clusterArn: arn, ...task }, cluster: 'shop', life: { steps: [] } },
    })
  }
  return aws
}

const recordOf = (service: Unchecked): Unchecked => ({
  service: { desiredCount: 0, deployments: [], events: [], ...service },
  rollouts: {},
  tasks: [],
  healthy: [],
  stopping: [],
})

const describe = (aws: TestAws, input: Unchecked = {}): Unchecked => aws.call('ecs', 'DescribeClusters', input)

it('creates a cluster that is ACTIVE and empty, and named `default` by default', () => {
  const aws = localAws()
  expect(aws.call('ecs', 'CreateCluster', { clusterName: 'shop' }).cluster).toMatchObject({
    clusterArn: arn,
    clusterName: 'shop',
    status: 'ACTIVE',
    activeServicesCount: 0,
    runningTasksCount: 0,
    pendingTasksCount: 0,
    settings: [{ name: 'containerInsights', value: 'disabled' }],
  })
  expect(aws.call('ecs', 'CreateCluster').cluster.clusterName).toBe('default')
})

it('returns an existing cluster unchanged', () => {
  const aws = localAws()
  const settings = [{ name: 'containerInsights', value: 'enhanced' }]
  aws.call('ecs', 'CreateCluster', { clusterName: 'shop', settings, tags: [{ key: 'team', value: 'a' }] })
  const again = aws.call('ecs', 'CreateCluster', { clusterName: 'shop', tags: [{ key: 'team', value: 'b' }] })
  expect(again.cluster).toMatchObject({ settings, tags: [{ key: 'team', value: 'a' }] })
  expect(Object.keys(aws.region.clusters)).toEqual(['shop'])
})

it.each(['', 'my cluster', 'shop:1', 'a'.repeat(256)])('refuses %j as the name of a cluster', (clusterName) => {
  const aws = localAws()
  expect(() => aws.call('ecs', 'CreateCluster', { clusterName })).toThrow(
    expect.objectContaining({ code: 'InvalidParameterException', status: 400 }),
  )
  expect(aws.region.clusters).toEqual({})
})

it('describes clusters by name and ARN, and unknown ones as MISSING', () => {
  const aws = shop()
  const elsewhere = 'arn:aws:ecs:eu-west-1:123456789012:cluster/shop'
  const { clusters, failures } = describe(aws, { clusters: ['shop', arn, 'nope', elsewhere] })
  expect(clusters.map((cluster: Unchecked) => cluster.clusterArn)).toEqual([arn, arn])
  expect(failures).toEqual([
    { arn: 'arn:aws:ecs:us-east-1:123456789012:cluster/nope', reason: 'MISSING' },
    { arn: elsewhere, reason: 'MISSING' },
  ])
})

it('describes the cluster `default` when none is named', () => {
  const aws = shop()
  const missing = { arn: 'arn:aws:ecs:us-east-1:123456789012:cluster/default', reason: 'MISSING' }
  expect(describe(aws)).toEqual({ clusters: [], failures: [missing] })
  aws.call('ecs', 'CreateCluster')
  expect(describe(aws).clusters).toMatchObject([{ clusterName: 'default' }])
})

it('counts the services and tasks of a cluster, and only of that one', () => {
  const aws = shop({
    services: [
      { status: 'ACTIVE', launchType: 'FARGATE' },
      { status: 'DRAINING', launchType: 'EC2' },
      { status: 'INACTIVE', launchType: 'EC2' },
      { status: 'ACTIVE', launchType: 'EC2', clusterArn: `${arn}2` },
    ],
    tasks: [
      { lastStatus: 'RUNNING', launchType: 'FARGATE' },
      { lastStatus: 'RUNNING', launchType: 'EC2' },
      { lastStatus: 'PROVISIONING', launchType: 'FARGATE' },
      { lastStatus: 'PENDING', launchType: 'FARGATE' },
      { lastStatus: 'ACTIVATING', launchType: 'EC2' },
      { lastStatus: 'DEPROVISIONING', launchType: 'EC2' },
      { lastStatus: 'STOPPED', launchType: 'EC2' },
      { lastStatus: 'RUNNING', launchType: 'EC2', clusterArn: `${arn}2` },
    ],
  })
  const [cluster] = describe(aws, { clusters: ['shop'], include: ['STATISTICS'] }).clusters
  expect(cluster).toMatchObject({ activeServicesCount: 1, runningTasksCount: 2, pendingTasksCount: 3 })
  expect(Object.fromEntries(cluster.statistics.map(({ name, value }: Unchecked) => [name, value]))).toEqual({
    runningEC2TasksCount: '1',
    runningFargateTasksCount: '1',
    pendingEC2TasksCount: '1',
    pendingFargateTasksCount: '2',
    activeEC2ServiceCount: '0',
    activeFargateServiceCount: '1',
    drainingEC2ServiceCount: '1',
    drainingFargateServiceCount: '0',
  })
})

it('shows settings, tags, statistics and configuration only on request', () => {
  const aws = localAws()
  const configuration = { executeCommandConfiguration: { logging: 'NONE' } }
  aws.call('ecs', 'CreateCluster', { clusterName: 'shop', configuration, tags: [{ key: 'team', value: 'a' }] })
  const bare = describe(aws, { clusters: ['shop'] }).clusters[0]
  expect(bare).toMatchObject({ settings: [], tags: [], statistics: [] })
  expect(bare).not.toHaveProperty('configuration')
  const include = ['SETTINGS', 'TAGS', 'CONFIGURATIONS']
  expect(describe(aws, { clusters: ['shop'], include }).clusters[0]).toMatchObject({
    settings: [{ name: 'containerInsights', value: 'disabled' }],
    tags: [{ key: 'team', value: 'a' }],
    configuration,
  })
  expect(() => describe(aws, { include: ['EVERYTHING'] })).toThrow(/^include should be one of/)
})

it('describes 100 clusters at once and not one more', () => {
  const aws = localAws()
  const names = Array.from({ length: 101 }, (_, index) => `c${index}`)
  expect(describe(aws, { clusters: names.slice(1) }).failures).toHaveLength(100)
  expect(() => describe(aws, { clusters: names })).toThrow(
    expect.objectContaining({ code: 'InvalidParameterException' }),
  )
})

it('keeps a deleted cluster describable as INACTIVE, and unusable', () => {
  const aws = shop()
  expect(aws.call('ecs', 'DeleteCluster', { cluster: arn }).cluster.status).toBe('INACTIVE')
  expect(describe(aws, { clusters: ['shop'] })).toMatchObject({ clusters: [{ status: 'INACTIVE' }], failures: [] })
  expect(aws.call('ecs', 'ListClusters').clusterArns).toEqual([])
  expect(() => aws.call('ecs', 'DeleteCluster', { cluster: 'shop' })).toThrow(
    expect.objectContaining({ code: 'ClusterNotFoundException', message: 'The referenced cluster was inactive.' }),
  )
})

it('creates a deleted cluster again, without what it had before', () => {
  const aws = localAws()
  aws.call('ecs', 'CreateCluster', { clusterName: 'shop', tags: [{ key: 'team', value: 'a' }] })
  aws.call('ecs', 'DeleteCluster', { cluster: 'shop' })
  expect(aws.call('ecs', 'CreateCluster', { clusterName: 'shop' }).cluster).toMatchObject({
    status: 'ACTIVE',
    tags: [],
  })
})

it('refuses to delete an unknown cluster', () => {
  expect(() => localAws().call('ecs', 'DeleteCluster', { cluster: 'shop' })).toThrow(
    expect.objectContaining({ code: 'ClusterNotFoundException', message: 'Cluster not found.', status: 400 }),
  )
})

it.each(['ACTIVE', 'DRAINING'])('refuses to delete a cluster with a service that is %s', (status) => {
  const aws = shop({ services: [{ status }] })
  expect(() => aws.call('ecs', 'DeleteCluster', { cluster: 'shop' })).toThrow(
    expect.objectContaining({
      code: 'ClusterContainsServicesException',
      message: 'The Cluster cannot be deleted while Services are active.',
    }),
  )
  expect(aws.region.clusters['shop']?.cluster.status).toBe('ACTIVE')
})

it.each(['PENDING', 'RUNNING', 'DEPROVISIONING'])(
  'refuses to delete a cluster with a task that is %s',
  (lastStatus) => {
    const aws = shop({ tasks: [{ lastStatus }] })
    expect(() => aws.call('ecs', 'DeleteCluster', { cluster: 'shop' })).toThrow(
      expect.objectContaining({
        code: 'ClusterContainsTasksException',
        message: 'The Cluster cannot be deleted while Tasks are active.',
      }),
    )
  },
)

it('deletes a cluster whose services and tasks have all ended', () => {
  const aws = shop({ services: [{ status: 'INACTIVE' }], tasks: [{ lastStatus: 'STOPPED' }] })
  expect(aws.call('ecs', 'DeleteCluster', { cluster: 'shop' }).cluster.status).toBe('INACTIVE')
})

it('follows a service from its first task to the cluster’s deletion', () => {
  const aws = shop()
  const taskDefinition = { family: 'web', containerDefinitions: [{ name: 'web', image: 'app:v1', memory: 128 }] }
  aws.call('ecs', 'RegisterTaskDefinition', taskDefinition)
  const service = { cluster: 'shop', serviceName: 'web', taskDefinition: 'web', desiredCount: 2, launchType: 'EC2' }
  aws.call('ecs', 'CreateService', service)
  aws.advance(600_000)
  expect(describe(aws, { clusters: ['shop'] }).clusters).toMatchObject([
    { activeServicesCount: 1, runningTasksCount: 2, pendingTasksCount: 0 },
  ])
  expect(() => aws.call('ecs', 'DeleteCluster', { cluster: 'shop' })).toThrow('while Services are active')
  aws.call('ecs', 'DeleteService', { cluster: 'shop', service: 'web', force: true })
  aws.advance(600_000)
  expect(aws.call('ecs', 'DeleteCluster', { cluster: 'shop' }).cluster).toMatchObject({
    status: 'INACTIVE',
    activeServicesCount: 0,
    runningTasksCount: 0,
  })
})

it('lists clusters in pages', () => {
  const aws = localAws()
  for (let index = 0; index < 101; index += 1) aws.call('ecs', 'CreateCluster', { clusterName: `c${index}` })
  const first = aws.call('ecs', 'ListClusters')
  expect(first.clusterArns).toHaveLength(100)
  const second = aws.call('ecs', 'ListClusters', { nextToken: first.nextToken })
  expect(second).toEqual({ clusterArns: ['arn:aws:ecs:us-east-1:123456789012:cluster/c100'] })
})

it('keeps the clusters of each region apart', () => {
  const aws = shop()
  const other = localAws({ world: aws.world, region: 'eu-west-1' })
  expect(other.call('ecs', 'ListClusters').clusterArns).toEqual([])
  expect(other.call('ecs', 'CreateCluster', { clusterName: 'shop' }).cluster.clusterArn).toBe(
    'arn:aws:ecs:eu-west-1:123456789012:cluster/shop',
  )
})
