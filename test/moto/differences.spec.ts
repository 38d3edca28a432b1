import {
  AutoScalingClient,
  DescribeScalingActivitiesCommand,
  TerminateInstanceInAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling'
import {
  CreateServiceCommand,
  DeleteAttributesCommand,
  DeleteServiceCommand,
  DescribeServicesCommand,
  ListServiceDeploymentsCommand,
  ListServicesCommand,
  ListTaskDefinitionsCommand,
  ListTasksCommand,
  PutAttributesCommand,
  RunTaskCommand,
  StopTaskCommand,
  UpdateContainerInstancesStateCommand,
} from '@aws-sdk/client-ecs'
import { ListHostedZonesCommand, Route53Client } from '@aws-sdk/client-route-53'
import {
  CreateServiceCommand as CreateDiscoveryServiceCommand,
  CreatePrivateDnsNamespaceCommand,
  DeleteNamespaceCommand,
  ListNamespacesCommand,
  ListServicesCommand as ListDiscoveryServicesCommand,
  ServiceDiscoveryClient,
} from '@aws-sdk/client-servicediscovery'
import { describe, expect, test } from 'vitest'
import { declared, revision } from './declared.ts'
import { agentsAct, containersNow, groupNow, makeGroup, makeTemplate, renewTemplate } from './instances.ts'
import { useMoto } from './useMoto.ts'

const { moto, deploy, rollback } = useMoto()

const oneOff = { cluster: 'my_cluster', launchType: 'FARGATE', taskDefinition: 'web:1' } as const

// Each is what the tests of deploys, of clusters and of instances work around; once moto does as AWS does, it fails, and the work-around can go.
describe('moto differs from AWS:', () => {
  test('UpdateService makes no deployment, so no rollout can be waited for', async () => {
    await deploy(declared(), 'v1')
    const described = await moto().ecs.send(new DescribeServicesCommand({ cluster: 'my_cluster', services: ['web'] }))
    expect(described.services).toMatchObject([
      { taskDefinition: revision(2), deployments: [{ taskDefinition: revision(1) }] },
    ])
    expect(described.services![0]!.deployments).toHaveLength(1)
  })

  test('services have no tasks and no events', async () => {
    const { taskArns } = await moto().ecs.send(new ListTasksCommand({ cluster: 'my_cluster', serviceName: 'web' }))
    const described = await moto().ecs.send(new DescribeServicesCommand({ cluster: 'my_cluster', services: ['web'] }))
    expect({ taskArns, events: described.services![0]!.events }).toEqual({ taskArns: [], events: [] })
  })

  test('every container has exited with 0 from its start, so no one-off task can fail', async () => {
    await moto().describeToAdvance(1_000_000)
    const { tasks } = await moto().ecs.send(new RunTaskCommand(oneOff))
    expect(tasks).toMatchObject([{ lastStatus: 'RUNNING', containers: [{ exitCode: 0 }] }])
  })

  test('there is no ListServiceDeployments, so nothing is known of what was deployed successfully', async () => {
    const asked = moto().ecs.send(new ListServiceDeploymentsCommand({ cluster: 'my_cluster', service: 'web' }))
    await expect(asked).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } })
  })

  test('lists are not paginated', async () => {
    for (const tag of ['v1', 'v2']) await deploy(declared(), tag)
    const { taskDefinitionArns, nextToken } = await moto().ecs.send(new ListTaskDefinitionsCommand({ maxResults: 1 }))
    expect({ count: taskDefinitionArns!.length, nextToken }).toEqual({ count: 3, nextToken: undefined })
  })

  test('a rollback without --to asks for that history, is answered 500, and changes nothing', async () => {
    await deploy(declared(), 'v1')
    const { outcome, writes } = await rollback(declared())
    expect({ outcome, writes }).toEqual({ outcome: 'refused', writes: [] })
  })

  test('stopped tasks are listed as if they were running', async () => {
    const { tasks = [] } = await moto().ecs.send(new RunTaskCommand(oneOff))
    const [{ taskArn } = {}] = tasks
    await moto().ecs.send(new StopTaskCommand({ cluster: 'my_cluster', task: taskArn }))
    const { taskArns } = await moto().ecs.send(new ListTasksCommand({ cluster: 'my_cluster' }))
    expect(taskArns).toEqual([taskArn])
  })

  test('CreateService keeps no percentages and no placement constraints; UpdateService does', async () => {
    const service = { cluster: 'my_cluster', serviceName: 'new', taskDefinition: 'web:1', desiredCount: 1 }
    const deploymentConfiguration = { maximumPercent: 200, minimumHealthyPercent: 50 }
    const placementConstraints = [{ type: 'distinctInstance' as const }]
    await moto().ecs.send(new CreateServiceCommand({ ...service, deploymentConfiguration, placementConstraints }))
    const described = await moto().ecs.send(new DescribeServicesCommand({ cluster: 'my_cluster', services: ['new'] }))
    expect(described.services).toHaveLength(1)
    expect(described.services![0]).not.toHaveProperty('deploymentConfiguration')
    expect(described.services![0]).not.toHaveProperty('placementConstraints')
  })

  test('a service without a network configuration is described with an empty one', async () => {
    const described = await moto().ecs.send(new DescribeServicesCommand({ cluster: 'my_cluster', services: ['web'] }))
    expect(described.services).toMatchObject([{ networkConfiguration: {} }])
  })

  test('a deleted service is still listed, and keeps its running tasks', async () => {
    await moto().ecs.send(new DeleteServiceCommand({ cluster: 'my_cluster', service: 'web', force: true }))
    const { serviceArns } = await moto().ecs.send(new ListServicesCommand({ cluster: 'my_cluster' }))
    expect(serviceArns).toContainEqual(expect.stringMatching(/\/web$/))
    const described = await moto().ecs.send(new DescribeServicesCommand({ cluster: 'my_cluster', services: ['web'] }))
    expect(described.services).toMatchObject([{ status: 'INACTIVE', runningCount: 1 }])
  })

  test('namespaces and their services are listed whatever the filters say', async () => {
    const discovery = new ServiceDiscoveryClient(moto().settings)
    await discovery.send(new CreatePrivateDnsNamespaceCommand({ Name: 'example.sd', Vpc: 'vpc-1' }))
    const { Namespaces } = await discovery.send(
      new ListNamespacesCommand({ Filters: [{ Name: 'TYPE', Values: ['DNS_PUBLIC'], Condition: 'EQ' }] }),
    )
    expect(Namespaces).toMatchObject([{ Name: 'example.sd', Type: 'DNS_PRIVATE' }])
    const NamespaceId = Namespaces![0]!.Id!
    await discovery.send(new CreateDiscoveryServiceCommand({ Name: 'user', NamespaceId }))
    const { Services } = await discovery.send(
      new ListDiscoveryServicesCommand({ Filters: [{ Name: 'NAMESPACE_ID', Values: ['ns-other'], Condition: 'EQ' }] }),
    )
    expect(Services).toMatchObject([{ Name: 'user' }])
  })

  test('a namespace that is deleted leaves its hosted zone, and may still have services', async () => {
    const discovery = new ServiceDiscoveryClient(moto().settings)
    await discovery.send(new CreatePrivateDnsNamespaceCommand({ Name: 'example.sd', Vpc: 'vpc-1' }))
    const { Namespaces } = await discovery.send(new ListNamespacesCommand({}))
    const NamespaceId = Namespaces![0]!.Id!
    await discovery.send(new CreateDiscoveryServiceCommand({ Name: 'user', NamespaceId }))
    await discovery.send(new DeleteNamespaceCommand({ Id: NamespaceId }))
    const { HostedZones } = await new Route53Client(moto().settings).send(new ListHostedZonesCommand({}))
    expect(HostedZones).toHaveLength(1)
  })

  test('an instance is shown with the default version of its launch template, whatever it was started with', async () => {
    await makeTemplate(moto())
    await renewTemplate(moto(), 't3.medium')
    await makeGroup(moto(), { LaunchTemplate: { LaunchTemplateName: 'web', Version: '$Latest' } })
    const { instances } = await groupNow(moto())
    expect(instances.map(({ LaunchTemplate }) => LaunchTemplate!.Version)).toEqual(['1', '1'])
  })

  test('no instance of a group joins a cluster by itself, and a terminated one stays registered', async () => {
    await makeTemplate(moto())
    await makeGroup(moto(), { LaunchTemplate: { LaunchTemplateName: 'web' } })
    expect(await containersNow(moto())).toEqual([])
    await agentsAct(moto())
    const autoScaling = new AutoScalingClient(moto().settings)
    for (const { InstanceId } of (await groupNow(moto())).instances) {
      const ended = { InstanceId, ShouldDecrementDesiredCapacity: true }
      await autoScaling.send(new TerminateInstanceInAutoScalingGroupCommand(ended))
    }
    expect(await containersNow(moto())).toMatchObject([{ status: 'ACTIVE' }, { status: 'ACTIVE' }])
    const told = await autoScaling.send(new DescribeScalingActivitiesCommand({ AutoScalingGroupName: 'asg' }))
    expect(told.Activities).toEqual([])
  })

  test('an instance that is set DRAINING keeps its tasks, and its attributes unless they are deleted with their values', async () => {
    const cluster = 'my_cluster'
    await makeTemplate(moto())
    await makeGroup(moto(), { LaunchTemplate: { LaunchTemplateName: 'web' } })
    await agentsAct(moto())
    await moto().describeToAdvance(1_000_000)
    await moto().ecs.send(new RunTaskCommand({ ...oneOff, launchType: 'EC2', group: 'service:web', count: 2 }))
    const containerInstances = (await containersNow(moto())).map(
      ({ containerInstanceArn = '' }) => containerInstanceArn,
    )
    const drained = { cluster, containerInstances, status: 'DRAINING' } as const
    await moto().ecs.send(new UpdateContainerInstancesStateCommand(drained))
    const [targetId = ''] = containerInstances
    await moto().ecs.send(new PutAttributesCommand({ cluster, attributes: [{ name: 'a', value: 'b', targetId }] }))
    await moto().ecs.send(new DeleteAttributesCommand({ cluster, attributes: [{ name: 'a', targetId }] }))
    const now = await containersNow(moto())
    expect(now.reduce((sum, { runningTasksCount = 0 }) => sum + runningTasksCount, 0)).toBe(2)
    expect(now.flatMap(({ attributes = [] }) => attributes)).toContainEqual({ name: 'a', value: 'b' })
  })
})
