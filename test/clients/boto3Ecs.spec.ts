import { describe, expect, test } from 'vitest'
import { neverCalled, soon } from './boto3.ts'
import { useDrivers } from './drivers.ts'

const { boto3 } = useDrivers()

const arn = (service: string, rest: string): string => `arn:aws:${service}:us-east-1:123456789012:${rest}`
const nameOf = (text: string): string => text.split('/').at(-1)!
const containers = (tag: string): object[] => [{ name: 'app', image: `shop/app:${tag}`, memory: 128 }]
const date = { date: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) }

const resource = (name: string, integerValue: number): object => ({ name, type: 'INTEGER', integerValue })

/** A container instance, registered as an agent does it. */
async function registered(cluster: string, instanceId: string): Promise<any> {
  const identity = { instanceId, instanceType: 't3.small', availabilityZone: 'us-east-1a', imageId: 'ami-1' }
  const { containerInstance } = await boto3.call('ecs', 'register_container_instance', {
    cluster,
    instanceIdentityDocument: JSON.stringify({ ...identity, region: 'us-east-1', version: '2017-09-30' }),
    instanceIdentityDocumentSignature: 'signed by nobody',
    totalResources: [resource('CPU', 2048), resource('MEMORY', 1000)],
    versionInfo: { agentVersion: '1.98.0', agentHash: '4f3a7f8e', dockerVersion: 'DockerVersion: 25.0.8' },
    tags: [{ key: 'team', value: 'größe' }],
  })
  return containerInstance
}

describe('boto3 and ECS', () => {
  test('clusters are created, described with those missing, and listed by its paginator', async () => {
    expect((await boto3.call('ecs', 'create_cluster', { clusterName: 'shop' })).cluster).toMatchObject({
      clusterName: 'shop',
      status: 'ACTIVE',
    })
    const { clusters, failures } = await boto3.call('ecs', 'describe_clusters', { clusters: ['shop', 'nope'] })
    expect(clusters).toHaveLength(1)
    expect(failures).toEqual([{ arn: arn('ecs', 'cluster/nope'), reason: 'MISSING' }])
    const pages = await boto3.pages('ecs', 'list_clusters', { PaginationConfig: { PageSize: 1 } })
    expect(pages.flatMap(({ clusterArns }) => clusterArns.map(nameOf))).toEqual(['my_cluster', 'shop'])
  })

  test('task definitions are registered, described, paged, deregistered and deleted', async () => {
    for (const tag of ['v1', 'v2', 'v3', 'v4', 'v5']) {
      const tags = [{ key: 'tag', value: tag }]
      const { taskDefinition } = await boto3.call('ecs', 'register_task_definition', {
        family: 'app',
        containerDefinitions: containers(tag),
        tags,
      })
      expect(taskDefinition).toMatchObject({ status: 'ACTIVE', registeredAt: date })
    }
    const { taskDefinition, tags } = await boto3.call('ecs', 'describe_task_definition', {
      taskDefinition: 'app',
      include: ['TAGS'],
    })
    expect(taskDefinition).toMatchObject({ revision: 5, containerDefinitions: [{ image: 'shop/app:v5', cpu: 0 }] })
    expect(tags).toEqual([{ key: 'tag', value: 'v5' }])
    const pages = await boto3.pages('ecs', 'list_task_definitions', {
      familyPrefix: 'app',
      sort: 'DESC',
      PaginationConfig: { PageSize: 2 },
    })
    expect(pages.map(({ taskDefinitionArns }) => taskDefinitionArns.map(nameOf))).toEqual([
      ['app:5', 'app:4'],
      ['app:3', 'app:2'],
      ['app:1'],
    ])
    const families = await boto3.pages('ecs', 'list_task_definition_families', { familyPrefix: 'app' })
    expect(families.flatMap((page) => page.families)).toEqual(['app'])
    const gone = await boto3.call('ecs', 'deregister_task_definition', { taskDefinition: 'app:1' })
    expect(gone.taskDefinition).toMatchObject({ status: 'INACTIVE', deregisteredAt: date })
    const deleted = await boto3.call('ecs', 'delete_task_definitions', { taskDefinitions: ['app:1', 'app:2'] })
    expect(deleted.taskDefinitions).toMatchObject([{ revision: 1, status: 'DELETE_IN_PROGRESS' }])
    expect(deleted.failures).toHaveLength(1)
  })

  test('a service starts and is updated, services_stable sees it each time, and both deployments are on record', async () => {
    const app = { cluster: 'shop', service: 'app' }
    const stable = { cluster: 'shop', services: ['app'], WaiterConfig: soon }
    const made = await boto3.call('ecs', 'create_service', {
      cluster: 'shop',
      serviceName: 'app',
      taskDefinition: 'app:3',
      desiredCount: 2,
    })
    expect(made.service).toMatchObject({ status: 'ACTIVE', runningCount: 0, deployments: [{ createdAt: date }] })
    await boto3.wait('ecs', 'services_stable', stable)
    await boto3.call('ecs', 'update_service', { ...app, taskDefinition: 'app:4' })
    await boto3.wait('ecs', 'services_stable', stable)
    const { services } = await boto3.call('ecs', 'describe_services', { cluster: 'shop', services: ['app'] })
    expect(services).toMatchObject([
      {
        runningCount: 2,
        taskDefinition: expect.stringMatching(/app:4$/),
        deployments: [{ rolloutState: 'COMPLETED' }],
      },
    ])
    expect(services[0].events[0]).toMatchObject({
      message: '(service app) has reached a steady state.',
      createdAt: date,
    })
    const pages = await boto3.pages('ecs', 'list_services', { cluster: 'shop' })
    expect(pages.flatMap(({ serviceArns }) => serviceArns.map(nameOf))).toEqual(['app'])

    const { serviceDeployments: known } = await boto3.call('ecs', 'list_service_deployments', app)
    expect(known).toHaveLength(2)
    expect(known[0]).toMatchObject({ status: 'SUCCESSFUL', finishedAt: date })
    const { serviceDeployments } = await boto3.call('ecs', 'describe_service_deployments', {
      serviceDeploymentArns: [known[0].serviceDeploymentArn],
    })
    const revision = serviceDeployments[0].targetServiceRevision.arn
    const { serviceRevisions } = await boto3.call('ecs', 'describe_service_revisions', {
      serviceRevisionArns: [revision],
    })
    expect(serviceRevisions).toMatchObject([{ taskDefinition: expect.stringMatching(/app:4$/), createdAt: date }])
    const serviceDeploymentArn = known[0].serviceDeploymentArn
    await expect(boto3.call('ecs', 'stop_service_deployment', { serviceDeploymentArn })).rejects.toMatchObject({
      code: 'ConflictException',
      status: 400,
    })
    await expect(
      boto3.call('ecs', 'continue_service_deployment', { serviceDeploymentArn, hookId: 'hook' }),
    ).rejects.toMatchObject({ code: 'InvalidParameterException' })
  })

  test('tasks run, are listed and stopped, and the waiters for both see it', async () => {
    const family = 'migration'
    await boto3.call('ecs', 'register_task_definition', { family, containerDefinitions: containers('slow-10m') })
    const { tasks, failures } = await boto3.call('ecs', 'run_task', {
      cluster: 'shop',
      taskDefinition: family,
      count: 2,
    })
    expect(failures).toEqual([])
    const arns = tasks.map(({ taskArn }: any) => taskArn)
    await boto3.wait('ecs', 'tasks_running', { cluster: 'shop', tasks: arns, WaiterConfig: soon })
    const pages = await boto3.pages('ecs', 'list_tasks', { cluster: 'shop', family, PaginationConfig: { PageSize: 1 } })
    expect(new Set(pages.flatMap(({ taskArns }) => taskArns))).toEqual(new Set(arns))
    for (const task of arns) await boto3.call('ecs', 'stop_task', { cluster: 'shop', task, reason: 'enough' })
    await boto3.wait('ecs', 'tasks_stopped', { cluster: 'shop', tasks: arns, WaiterConfig: soon })
    const stopped = await boto3.call('ecs', 'describe_tasks', { cluster: 'shop', tasks: [arns[0]] })
    expect(stopped.tasks).toMatchObject([{ lastStatus: 'STOPPED', stopCode: 'UserInitiated', stoppedAt: date }])
  })

  test('container instances register, get attributes, drain and are deregistered', async () => {
    const cluster = 'instances'
    await boto3.call('ecs', 'create_cluster', { clusterName: cluster })
    const [one, two] = [await registered(cluster, 'i-1'), await registered(cluster, 'i-2')]
    expect(one).toMatchObject({ ec2InstanceId: 'i-1', status: 'ACTIVE', agentConnected: true, registeredAt: date })
    expect(one.tags).toEqual([{ key: 'team', value: 'größe' }])
    const [first, second] = [one.containerInstanceArn, two.containerInstanceArn]
    const pages = await boto3.pages('ecs', 'list_container_instances', { cluster, PaginationConfig: { PageSize: 1 } })
    expect(pages.map((page) => page.containerInstanceArns)).toEqual([[first], [second]])

    const attributes = [{ name: 'stack', value: 'prod', targetId: second }]
    await boto3.call('ecs', 'put_attributes', { cluster, attributes })
    const stack = { cluster, targetType: 'container-instance', attributeName: 'stack' }
    const listed = async (): Promise<any[]> =>
      (await boto3.pages('ecs', 'list_attributes', stack)).flatMap((page) => page.attributes)
    expect(await listed()).toEqual(attributes)
    // It does not end while this test goes on: it takes days to start.
    const taskDefinition = 'resident'
    const containerDefinitions = containers('slow-9000m')
    await boto3.call('ecs', 'register_task_definition', { family: taskDefinition, containerDefinitions })
    const constraint = { type: 'memberOf', expression: 'attribute:stack == prod' }
    const { tasks } = await boto3.call('ecs', 'run_task', {
      cluster,
      taskDefinition,
      placementConstraints: [constraint],
    })
    expect(tasks).toMatchObject([{ containerInstanceArn: second }])
    await boto3.call('ecs', 'delete_attributes', { cluster, attributes: [{ name: 'stack', targetId: second }] })
    expect(await listed()).toEqual([])

    const drained = await boto3.call('ecs', 'update_container_instances_state', {
      cluster,
      containerInstances: [first, `${second}0`],
      status: 'DRAINING',
    })
    expect(drained).toMatchObject({ containerInstances: [{ status: 'DRAINING' }], failures: [{ reason: 'MISSING' }] })
    const draining = await boto3.call('ecs', 'list_container_instances', { cluster, status: 'DRAINING' })
    expect(draining.containerInstanceArns).toEqual([first])
    const deregister = { cluster, containerInstance: second }
    await expect(boto3.call('ecs', 'deregister_container_instance', deregister)).rejects.toMatchObject({
      code: 'InvalidParameterException',
      message: 'Found running tasks on the instance.',
      status: 400,
    })
    await boto3.call('ecs', 'deregister_container_instance', { ...deregister, force: true })
    const { containerInstances } = await boto3.call('ecs', 'describe_container_instances', {
      cluster,
      containerInstances: [first, second],
      include: ['TAGS'],
    })
    expect(containerInstances).toMatchObject([
      { status: 'DRAINING', remainingResources: expect.arrayContaining([resource('MEMORY', 1000)]) },
      { status: 'INACTIVE', agentConnected: false, runningTasksCount: 0 },
    ])
  })

  test('capacity providers are created, described and given to a cluster', async () => {
    const autoScalingGroupProvider = {
      autoScalingGroupArn: arn('autoscaling', 'autoScalingGroup:1:autoScalingGroupName/shop'),
    }
    const input = { name: 'spot', autoScalingGroupProvider }
    expect((await boto3.call('ecs', 'create_capacity_provider', input)).capacityProvider).toMatchObject(input)
    const { cluster } = await boto3.call('ecs', 'put_cluster_capacity_providers', {
      cluster: 'shop',
      capacityProviders: ['spot', 'FARGATE'],
      defaultCapacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1 }],
    })
    expect(cluster.capacityProviders).toEqual(['spot', 'FARGATE'])
    const found = await boto3.call('ecs', 'describe_capacity_providers', { capacityProviders: ['spot', 'nope'] })
    expect(found).toMatchObject({ capacityProviders: [{ name: 'spot' }], failures: [{ reason: 'MISSING' }] })
  })

  test('a command is executed in a task that allows it, and in no other', async () => {
    const family = 'shell'
    const taskRoleArn = 'arn:aws:iam::123456789012:role/task'
    const containerDefinitions = containers('slow-60m').map((each) => ({ ...each, command: ['sleep', 'infinity'] }))
    await boto3.call('ecs', 'register_task_definition', { family, taskRoleArn, containerDefinitions })
    const started = async (enableExecuteCommand: boolean): Promise<string> =>
      (await boto3.call('ecs', 'run_task', { cluster: 'shop', taskDefinition: family, enableExecuteCommand })).tasks[0]
        .taskArn
    const [open, closed] = [await started(true), await started(false)]
    await boto3.wait('ecs', 'tasks_running', { cluster: 'shop', tasks: [open, closed], WaiterConfig: soon })
    const execute = (task: string): Promise<any> =>
      boto3.call('ecs', 'execute_command', { cluster: 'shop', task, command: '/bin/sh', interactive: true })
    expect(await execute(open)).toMatchObject({
      containerName: 'app',
      session: { streamUrl: expect.stringMatching(/^wss:/) },
    })
    await expect(execute(closed)).rejects.toMatchObject({ code: 'InvalidParameterException', status: 400 })
    for (const task of [open, closed]) await boto3.call('ecs', 'stop_task', { cluster: 'shop', task })
    await boto3.wait('ecs', 'tasks_stopped', { cluster: 'shop', tasks: [open, closed], WaiterConfig: soon })
  })

  test('tags are set, listed and removed; a service and its cluster are deleted, and services_inactive sees it', async () => {
    const resourceArn = arn('ecs', 'service/shop/app')
    await boto3.call('ecs', 'tag_resource', { resourceArn, tags: [{ key: 'team', value: 'shop' }] })
    const tagged = await boto3.call('ecs', 'list_tags_for_resource', { resourceArn })
    expect(tagged.tags).toEqual([{ key: 'team', value: 'shop' }])
    await boto3.call('ecs', 'untag_resource', { resourceArn, tagKeys: ['team'] })
    expect((await boto3.call('ecs', 'list_tags_for_resource', { resourceArn })).tags).toEqual([])
    const { taskArns: tasks } = await boto3.call('ecs', 'list_tasks', { cluster: 'shop', serviceName: 'app' })
    expect(tasks).toHaveLength(2)
    await boto3.call('ecs', 'delete_service', { cluster: 'shop', service: 'app', force: true })
    await boto3.wait('ecs', 'services_inactive', { cluster: 'shop', services: ['app'], WaiterConfig: soon })
    // A service is INACTIVE as soon as its tasks are STOPPING, and a cluster is only deleted once they have stopped.
    await boto3.wait('ecs', 'tasks_stopped', { cluster: 'shop', tasks, WaiterConfig: soon })
    const { cluster } = await boto3.call('ecs', 'delete_cluster', { cluster: 'shop' })
    expect(cluster.status).toBe('INACTIVE')
    await expect(boto3.call('ecs', 'describe_services', { cluster: 'nope', services: ['app'] })).rejects.toMatchObject({
      code: 'ClusterNotFoundException',
      message: 'Cluster not found.',
      status: 400,
    })
  })
})

test('boto3 has called every operation that the local AWS has of ECS', () => {
  expect(neverCalled(boto3, (service) => service === 'ecs')).toEqual([])
})
