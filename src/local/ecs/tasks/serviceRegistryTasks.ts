import { nameOf } from '../../world/arn.ts'
import { deregisterInstance, registerInstance } from '../../servicediscovery/instance.ts'
import { hostPortOf } from '../containerInstances/hostPorts.ts'
import type { Context, Wire } from '../../world/operation.ts'
import type { Region, TaskRecord } from '../../world/world.ts'

/** Registers a task with the service registries that it was started for; the id of its instance is its own. */
export function registerWithRegistries(context: Context, record: TaskRecord): void {
  for (const registry of record.serviceRegistries ?? []) {
    const service = context.region.cloudMapServices[nameOf(registry.registryArn)]?.service
    // Somebody has deleted it since the service was told of it.
    if (!service) continue
    const Attributes = attributesOf(context.region, record, registry, service)
    registerInstance(context, service.Id, { InstanceId: nameOf(record.task.taskArn), Attributes })
  }
}

/** Takes a task off them. */
export function deregisterFromRegistries(context: Context, record: TaskRecord): void {
  for (const { registryArn } of record.serviceRegistries ?? []) {
    const id = nameOf(registryArn)
    if (context.region.cloudMapServices[id]) deregisterInstance(context, id, nameOf(record.task.taskArn))
  }
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-discovery.html, "Instance attributes". */
function attributesOf(
  region: Region,
  { task, cluster, service: name }: TaskRecord,
  registry: Wire,
  service: Wire,
): Wire {
  const address: string | undefined = task.containers[0].networkInterfaces[0]?.privateIpv4Address
  const { port } = registry
  const isNamed = registry.containerPort !== undefined
  const container = task.containers.find((one: Wire) => one.name === registry.containerName)
  const containerPort =
    address === undefined ? hostPortOf(region, task, container, registry.containerPort) : registry.containerPort
  const at: number | undefined = isNamed ? containerPort : port
  return {
    AWS_INSTANCE_IPV4: address ?? instanceAddress(task),
    ...(at !== undefined && { AWS_INSTANCE_PORT: String(at) }),
    ...(service.HealthCheckCustomConfig && { AWS_INIT_HEALTH_STATUS: 'HEALTHY' }),
    AVAILABILITY_ZONE: task.availabilityZone,
    REGION: region.name,
    ECS_SERVICE_NAME: name,
    ECS_CLUSTER_NAME: cluster,
    ...(task.launchType !== 'FARGATE' && { EC2_INSTANCE_ID: `i-0${nameOf(task.taskArn).slice(0, 16)}` }),
    ECS_TASK_DEFINITION_FAMILY: nameOf(task.taskDefinitionArn).replace(/:\d+$/, ''),
  }
}

/** The address of the instance that a task without a network interface of its own is on, which no other task is on. */
function instanceAddress({ taskArn }: Wire): string {
  const [, third = '', fourth = ''] = /^(..)(..)/.exec(nameOf(taskArn)) ?? []
  return `10.1.${Number.parseInt(third, 16)}.${4 + (Number.parseInt(fourth, 16) % 251)}`
}
