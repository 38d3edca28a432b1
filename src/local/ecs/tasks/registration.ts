// Registers tasks with target groups and service registries, and deregisters them.
import type { LoadBalancer, ServiceRegistry } from '@aws-sdk/client-ecs'
import { deregisterTarget, deregistrationDelay, findTarget, registerTarget } from '../../elbv2/target.ts'
import { isInUse } from '../../elbv2/targetGroup.ts'
import { deregisterInstance, registerInstance } from '../../servicediscovery/instance.ts'
import { nameOf } from '../../world/arn.ts'
import type { Context, Wire } from '../../world/operation.ts'
import type { CloudMapServiceRecord, Region, ServiceRecord, TaskRecord, TaskTarget } from '../../world/world.ts'
import { hostPortOf } from '../containerInstances/hostPorts.ts'
import { containerInstanceOf } from '../containerInstances/tasksOn.ts'
import { findTaskDefinition } from '../find.ts'
import { serviceTasks } from '../rollout/serviceCounts.ts'
import { addDraining, addEvent, deregistered, registered } from '../rollout/serviceEvents.ts'
import type { ShownTask } from '../shown/records.ts'
import { isUnhealthy } from './health.ts'

/** Registers the service's tasks that are RUNNING now with the target groups that they were started for. */
export function registerTasks(context: Context, record: ServiceRecord): void {
  const { region } = context
  const groups: string[] = []
  for (const task of serviceTasks(region, record)) {
    if (task.task.lastStatus !== 'RUNNING' || !task.loadBalancers || task.targets) continue
    task.targets = task.loadBalancers.map((loadBalancer) => targetOf(region, task, loadBalancer))
    for (const [index, target] of task.targets.entries()) {
      const group = region.targetGroups[target.targetGroupArn]
      if (!group) continue
      registerTarget(context, group, target, fails(region, task, task.loadBalancers[index]!))
      groups.push(target.targetGroupArn)
    }
  }
  for (const [arn, count] of counted(groups)) addEvent(context, record.service, registered(count, arn))
}

/** Deregisters those of the service's tasks that are on their way out; they wait until they are drained. */
export function deregisterTasks(context: Context, record: ServiceRecord): void {
  const { region } = context
  const groups: string[] = []
  const deployments: string[] = []
  for (const arn of record.stopping) {
    const task = region.tasks[arn]
    if (!task?.targets) continue
    const known = task.targets.filter((target) => isRegistered(context, target))
    for (const target of known) {
      const { targetGroupArn } = target
      deregisterTarget(context, region.targetGroups[targetGroupArn]!, target, isInUse(region, targetGroupArn))
      groups.push(targetGroupArn)
    }
    if (known.length > 0) deployments.push(task.task.startedBy ?? '')
    delete task.targets
  }
  for (const [arn, count] of counted(groups)) addEvent(context, record.service, deregistered(count, arn))
  for (const [id, count] of counted(deployments)) addDraining(context, record.service, id, count)
}

/** How long, in milliseconds, a task waits for its connections to be drained; undefined when it has none. */
export function drainingTime(region: Region, { targets = [] }: TaskRecord): number | undefined {
  const groups = targets.flatMap(({ targetGroupArn }) => region.targetGroups[targetGroupArn] ?? [])
  const delays = groups
    .filter(({ targetGroup }) => isInUse(region, targetGroup.TargetGroupArn))
    .map(deregistrationDelay)
  return delays.length > 0 ? Math.max(...delays) : undefined
}

function isRegistered({ region, now }: Context, target: TaskTarget): boolean {
  const group = region.targetGroups[target.targetGroupArn]
  const found = group && findTarget(group, target, now)
  return found !== undefined && found.goneAt === undefined
}

/** By the address of its network interface, or else by an instance and a host port there. */
function targetOf(region: Region, { task }: TaskRecord, loadBalancer: Wire<LoadBalancer>): TaskTarget {
  // A service is refused that leaves out one of them.
  const { targetGroupArn = '', containerName, containerPort = 0 } = loadBalancer
  const container = task.containers.find(({ name }) => name === containerName)
  const address = container?.networkInterfaces[0]?.privateIpv4Address
  if (address !== undefined) return { targetGroupArn, id: address, port: containerPort }
  const instance = containerInstanceOf(region, task)
  // Where the cluster has no container instances every task is on an instance of its own.
  const id = instance?.ec2InstanceId ?? `i-0${nameOf(task.taskArn).slice(0, 16)}`
  return { targetGroupArn, id, port: hostPortOf(region, task, container, containerPort) }
}

const fails = (region: Region, { task }: TaskRecord, { containerName }: Wire<LoadBalancer>): boolean =>
  (findTaskDefinition(region, task.taskDefinitionArn)?.taskDefinition.containerDefinitions ?? []).some(
    (container) => container.name === containerName && isUnhealthy(container),
  )

/** How often each is there, in the order of the first ones. */
function counted(all: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const each of all) counts.set(each, (counts.get(each) ?? 0) + 1)
  return counts
}

/** Registers a task with the service registries that it was started for; the id of its instance is its own. */
export function registerWithRegistries(context: Context, record: TaskRecord): void {
  for (const registry of record.serviceRegistries ?? []) {
    const service = context.region.cloudMapServices[nameOf(registry.registryArn ?? '')]?.service
    // Somebody has deleted it since the service was told of it.
    if (!service) continue
    const Attributes = attributesOf(context.region, record, registry, service)
    registerInstance(context, service.Id, { InstanceId: nameOf(record.task.taskArn), Attributes })
  }
}

/** Takes a task off them. */
export function deregisterFromRegistries(context: Context, record: TaskRecord): void {
  for (const { registryArn } of record.serviceRegistries ?? []) {
    const id = nameOf(registryArn ?? '')
    if (context.region.cloudMapServices[id]) deregisterInstance(context, id, nameOf(record.task.taskArn))
  }
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-discovery.html, "Instance attributes". */
function attributesOf(
  region: Region,
  { task, cluster, service: name }: TaskRecord,
  registry: Wire<ServiceRegistry>,
  service: CloudMapServiceRecord['service'],
): Record<string, string> {
  const address = task.containers[0]?.networkInterfaces[0]?.privateIpv4Address
  const { port } = registry
  const container = task.containers.find((one) => one.name === registry.containerName)
  const at =
    registry.containerPort === undefined || address !== undefined
      ? (registry.containerPort ?? port)
      : hostPortOf(region, task, container, registry.containerPort)
  return {
    AWS_INSTANCE_IPV4: address ?? instanceAddress(task),
    ...(at !== undefined && { AWS_INSTANCE_PORT: String(at) }),
    ...(service.HealthCheckCustomConfig && { AWS_INIT_HEALTH_STATUS: 'HEALTHY' }),
    AVAILABILITY_ZONE: task.availabilityZone,
    REGION: region.name,
    ...(name !== undefined && { ECS_SERVICE_NAME: name }),
    ECS_CLUSTER_NAME: cluster,
    ...(task.launchType !== 'FARGATE' && { EC2_INSTANCE_ID: `i-0${nameOf(task.taskArn).slice(0, 16)}` }),
    ECS_TASK_DEFINITION_FAMILY: nameOf(task.taskDefinitionArn).replace(/:\d+$/, ''),
  }
}

/** The address of the instance that a task without a network interface of its own is on, which no other task is on. */
function instanceAddress({ taskArn }: ShownTask): string {
  const [, third = '', fourth = ''] = /^(..)(..)/.exec(nameOf(taskArn)) ?? []
  return `10.1.${Number.parseInt(third, 16)}.${4 + (Number.parseInt(fourth, 16) % 251)}`
}
