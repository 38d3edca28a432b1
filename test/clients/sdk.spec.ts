import { once } from 'node:events'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import {
  CreateServiceCommand,
  DeleteServiceCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  StopTaskCommand,
  UpdateServiceCommand,
  paginateListClusters,
  paginateListServices,
  paginateListTaskDefinitionFamilies,
  paginateListTaskDefinitions,
  paginateListTasks,
  waitUntilServicesInactive,
  waitUntilServicesStable,
  waitUntilTasksRunning,
  waitUntilTasksStopped,
} from '@aws-sdk/client-ecs'
import { CloudWatchLogsClient, CreateLogGroupCommand, paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs'
import {
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
  paginateDescribeTargetGroups,
  waitUntilLoadBalancerAvailable,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { CreateTopicCommand, SNSClient, paginateListTopics } from '@aws-sdk/client-sns'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningLocalAws, runLocalAws } from '../commands/runningLocalAws.ts'
import { endAll } from '../commands/support.ts'

let local: RunningLocalAws
let settings: { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } }
beforeAll(async () => {
  local = await runLocalAws(['--speed', '600'])
  settings = { endpoint: local.url, region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } }
})
afterAll(endAll)

const nameOf = (arn: string): string => arn.split('/').at(-1)!
const often = { minDelay: 1, maxDelay: 1, maxWaitTime: 60 }

async function all<Page>(
  pages: AsyncIterable<Page>,
  items: (page: Page) => readonly unknown[] | undefined,
): Promise<any[][]> {
  const found: any[][] = []
  for await (const page of pages) found.push([...(items(page) ?? [])])
  return found
}

test('the SDK’s paginators of ECS get every page', async () => {
  const client = new ECSClient(settings)
  const containerDefinitions = [{ name: 'web', image: 'web:v1', memory: 64 }]
  for (let count = 1; count <= 5; count++) {
    await client.send(new RegisterTaskDefinitionCommand({ family: 'web', containerDefinitions }))
    await client.send(new RegisterTaskDefinitionCommand({ family: `web-${count}`, containerDefinitions }))
    const serviceName = `service-${count}`
    await client.send(
      new CreateServiceCommand({ cluster: 'my_cluster', serviceName, taskDefinition: 'web:1', desiredCount: 0 }),
    )
  }
  const paged = { client, pageSize: 2 }
  const revisions = await all(
    paginateListTaskDefinitions(paged, { familyPrefix: 'web', sort: 'DESC' }),
    (page) => page.taskDefinitionArns,
  )
  expect(revisions.map((page) => page.map(nameOf))).toEqual([
    ['web:6', 'web:5'],
    ['web:4', 'web:3'],
    ['web:2', 'web:1'],
  ])
  const families = await all(
    paginateListTaskDefinitionFamilies(paged, { familyPrefix: 'web-' }),
    (page) => page.families,
  )
  expect(families).toEqual([['web-1', 'web-2'], ['web-3', 'web-4'], ['web-5']])
  const services = await all(paginateListServices(paged, { cluster: 'my_cluster' }), (page) => page.serviceArns)
  expect(services.flat().map(nameOf).toSorted()).toEqual([
    'service-1',
    'service-2',
    'service-3',
    'service-4',
    'service-5',
    'web',
  ])
  const clusters = await all(paginateListClusters({ client }, {}), (page) => page.clusterArns)
  expect(clusters.flat().map(nameOf)).toEqual(['my_cluster'])
})

test('the SDK’s waiters of ECS see a service become stable and inactive', async () => {
  const client = new ECSClient(settings)
  const web = { cluster: 'my_cluster', services: ['web'] }
  await client.send(new UpdateServiceCommand({ cluster: 'my_cluster', service: 'web', taskDefinition: 'web:2' }))
  const { state, reason } = await waitUntilServicesStable({ client, ...often }, web)
  expect(state).toBe('SUCCESS')
  expect(reason.services).toMatchObject([{ runningCount: 2, deployments: [{ rolloutState: 'COMPLETED' }] }])
  await client.send(new DeleteServiceCommand({ cluster: 'my_cluster', service: 'web', force: true }))
  expect(await waitUntilServicesInactive({ client, ...often }, web)).toMatchObject({ state: 'SUCCESS' })
  await expect(
    waitUntilServicesStable({ client, ...often }, { cluster: 'my_cluster', services: ['nope'] }),
  ).rejects.toThrow(/MISSING/)
})

test('the SDK’s waiters of ECS see tasks run and stop, and its paginator lists them', async () => {
  const client = new ECSClient(settings)
  const containerDefinitions = [{ name: 'web', image: 'web:slow-10m', memory: 64 }]
  await client.send(new RegisterTaskDefinitionCommand({ family: 'long', containerDefinitions }))
  const cluster = 'my_cluster'
  const { tasks = [] } = await client.send(new RunTaskCommand({ cluster, taskDefinition: 'long', count: 3 }))
  const arns = tasks.map(({ taskArn }) => taskArn!)
  expect(await waitUntilTasksRunning({ client, ...often }, { cluster, tasks: arns })).toMatchObject({
    state: 'SUCCESS',
  })
  const pages = await all(
    paginateListTasks({ client, pageSize: 2 }, { cluster, family: 'long' }),
    (page) => page.taskArns,
  )
  expect(pages.map(({ length }) => length)).toEqual([2, 1])
  expect(new Set(pages.flat())).toEqual(new Set(arns))
  for (const task of arns) await client.send(new StopTaskCommand({ cluster, task }))
  const { state, reason } = await waitUntilTasksStopped({ client, ...often }, { cluster, tasks: arns })
  expect(state).toBe('SUCCESS')
  expect(reason.tasks).toMatchObject(arns.map(() => ({ lastStatus: 'STOPPED', stoppedAt: expect.any(Date) })))
})

test('the SDK’s paginators and waiters of the other services get every page, and the end', async () => {
  const logs = new CloudWatchLogsClient(settings)
  const sns = new SNSClient(settings)
  const elb = new ElasticLoadBalancingV2Client(settings)
  for (const name of ['a', 'b', 'c']) {
    await logs.send(new CreateLogGroupCommand({ logGroupName: name }))
    await sns.send(new CreateTopicCommand({ Name: name }))
    await elb.send(
      new CreateTargetGroupCommand({ Name: name, Protocol: 'HTTP', Port: 80, VpcId: 'vpc-1', TargetType: 'ip' }),
    )
  }
  const groups = await all(paginateDescribeLogGroups({ client: logs, pageSize: 2 }, {}), (page) => page.logGroups)
  expect(groups.map((page) => page.map(({ logGroupName }) => logGroupName))).toEqual([['a', 'b'], ['c']])
  const topics = await all(paginateListTopics({ client: sns }, {}), (page) => page.Topics)
  expect(topics.flat()).toHaveLength(3)
  const targetGroups = await all(
    paginateDescribeTargetGroups({ client: elb }, { PageSize: 1 }),
    (page) => page.TargetGroups,
  )
  expect(targetGroups.map((page) => page.map(({ TargetGroupName }) => TargetGroupName))).toEqual([['a'], ['b'], ['c']])
  const { LoadBalancers = [] } = await elb.send(
    new CreateLoadBalancerCommand({ Name: 'shop', Subnets: ['subnet-1', 'subnet-2'] }),
  )
  const LoadBalancerArns = [LoadBalancers[0]!.LoadBalancerArn!]
  expect(await waitUntilLoadBalancerAvailable({ client: elb, ...often }, { LoadBalancerArns })).toMatchObject({
    state: 'SUCCESS',
  })
})

test('the server that all of them use listens on this machine’s loopback and on no other address', async () => {
  const port = Number(new URL(local.url).port)
  const others = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, scopeid }) => !internal && !scopeid)
    .map(({ address }) => address)
  for (const address of others) {
    const socket = connect(port, address)
    const outcome = await Promise.race([once(socket, 'connect').then(() => 'connected'), once(socket, 'error')]).catch(
      (error: NodeJS.ErrnoException) => error.code,
    )
    expect(outcome, address).not.toBe('connected')
    socket.destroy()
  }
  expect(await fetch(`${local.url}/_local/world`)).toMatchObject({ status: 200 })
})
