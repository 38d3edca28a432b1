import {
  ClusterContainsContainerInstancesException,
  CreateClusterCommand,
  CreateServiceCommand,
  DeleteAttributesCommand,
  DeleteClusterCommand,
  DeregisterContainerInstanceCommand,
  DescribeContainerInstancesCommand,
  DescribeServicesCommand,
  ECSClient,
  ListAttributesCommand,
  ListTasksCommand,
  PutAttributesCommand,
  RegisterContainerInstanceCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  TargetNotFoundException,
  UpdateContainerInstancesStateCommand,
  paginateListContainerInstances,
} from '@aws-sdk/client-ecs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLocalAws } from '../../../../src/local/localAws.ts'
import { startServer } from '../../../../src/local/wire/server.ts'
import type { LocalServer } from '../../../../src/local/wire/server.ts'
import { identity } from '../instances.ts'
import { minutes, start } from '../../support.ts'

let now = start
let server: LocalServer
let ecs: ECSClient
beforeEach(async () => {
  now = start
  server = await startServer(createLocalAws({ now: () => now }), { port: 0 })
  ecs = new ECSClient({
    endpoint: server.url,
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  })
})
afterEach(() => server.close())

const cluster = 'c'

/** An agent as it calls: the instance's identity, its CPU and memory. */
async function register(instanceId: string): Promise<string> {
  const resource = (name: string, integerValue: number) => ({ name, type: 'INTEGER', integerValue })
  const { containerInstance } = await ecs.send(
    new RegisterContainerInstanceCommand({
      cluster,
      instanceIdentityDocument: identity(instanceId),
      instanceIdentityDocumentSignature: 'nobody looks at it',
      totalResources: [resource('CPU', 2048), resource('MEMORY', 1000)],
      versionInfo: { agentVersion: '1.98.0', agentHash: 'x', dockerVersion: 'DockerVersion: 25.0.8' },
    }),
  )
  return containerInstance!.containerInstanceArn!
}

const runningOn = async (containerInstance: string): Promise<number> =>
  (await ecs.send(new ListTasksCommand({ cluster, containerInstance }))).taskArns!.length

test('the ECS client registers, drains and deregisters an instance', async () => {
  await ecs.send(new CreateClusterCommand({ clusterName: cluster }))
  const [one, two] = [await register('i-1'), await register('i-2')]
  const containerDefinitions = [{ name: 'web', image: 'web:v1', memory: 200 }]
  await ecs.send(new RegisterTaskDefinitionCommand({ family: 'web', containerDefinitions }))
  await ecs.send(new CreateServiceCommand({ cluster, serviceName: 'web', taskDefinition: 'web', desiredCount: 4 }))
  now += minutes(2)
  expect([await runningOn(one), await runningOn(two)]).toEqual([2, 2])
  const drained = await ecs.send(
    new UpdateContainerInstancesStateCommand({ cluster, containerInstances: [one], status: 'DRAINING' }),
  )
  expect(drained.containerInstances).toMatchObject([{ status: 'DRAINING', runningTasksCount: 2 }])
  now += minutes(2)
  const { containerInstances } = await ecs.send(
    new DescribeContainerInstancesCommand({ cluster, containerInstances: [one, two], include: ['TAGS'] }),
  )
  expect(containerInstances).toMatchObject([
    { ec2InstanceId: 'i-1', runningTasksCount: 0, registeredAt: new Date(start), tags: [] },
    { ec2InstanceId: 'i-2', runningTasksCount: 4 },
  ])
  const left = containerInstances![1]!.remainingResources!.find(({ name }) => name === 'MEMORY')
  expect(left).toEqual({ name: 'MEMORY', type: 'INTEGER', integerValue: 200 })
  await ecs.send(new DeregisterContainerInstanceCommand({ cluster, containerInstance: one }))
  const arns = []
  for await (const page of paginateListContainerInstances({ client: ecs, pageSize: 1 }, { cluster })) {
    arns.push(...page.containerInstanceArns!)
  }
  expect(arns).toEqual([two])
  await expect(ecs.send(new DeleteClusterCommand({ cluster }))).rejects.toThrow('Services are active')
  const { services } = await ecs.send(new DescribeServicesCommand({ cluster, services: ['web'] }))
  expect(services![0]!.deployments).toMatchObject([{ rolloutState: 'COMPLETED', runningCount: 4 }])
})

test('attributes, failures and refusals arrive as the SDK expects them', async () => {
  await ecs.send(new CreateClusterCommand({ clusterName: cluster }))
  const targetId = await register('i-1')
  const attributes = [{ name: 'stack', value: 'prod', targetId }]
  await ecs.send(new PutAttributesCommand({ cluster, attributes }))
  const listed = new ListAttributesCommand({ cluster, targetType: 'container-instance', attributeName: 'stack' })
  expect((await ecs.send(listed)).attributes).toEqual(attributes)
  await ecs.send(new DeleteAttributesCommand({ cluster, attributes: [{ name: 'stack', targetId }] }))
  expect((await ecs.send(listed)).attributes).toEqual([])
  const nowhere = { ...attributes[0]!, targetId: `${targetId}0` }
  await expect(ecs.send(new PutAttributesCommand({ cluster, attributes: [nowhere] }))).rejects.toThrow(
    TargetNotFoundException,
  )
  await expect(ecs.send(new DeleteClusterCommand({ cluster }))).rejects.toThrow(
    ClusterContainsContainerInstancesException,
  )
  const containerDefinitions = [{ name: 'big', image: 'big:v1', memory: 2000 }]
  await ecs.send(new RegisterTaskDefinitionCommand({ family: 'big', containerDefinitions }))
  expect(await ecs.send(new RunTaskCommand({ cluster, taskDefinition: 'big' }))).toMatchObject({
    tasks: [],
    failures: [{ arn: targetId, reason: 'RESOURCE:MEMORY' }],
  })
})
