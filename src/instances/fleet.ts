/** An Auto Scaling group, its instances and what they run in a cluster, with what can be told from that alone. */
import { awsCommand } from '../ground/command.ts'
import type { AutoScalingGroup, Instance } from '@aws-sdk/client-auto-scaling'
import type { ContainerInstance, Service, Task } from '@aws-sdk/client-ecs'

/** The versions that `$Default` and `$Latest` of a launch template stand for now. */
export interface TemplateVersions {
  readonly name: string
  readonly defaultVersion: string
  readonly latestVersion: string
}

/** Everything that a refresh needs to know, as it was read before anything is changed. */
export interface Fleet {
  /** The cluster's name. */
  readonly cluster: string
  readonly group: AutoScalingGroup
  /** The container instances of the whole cluster, by the id of the EC2 instance. */
  readonly containers: ReadonlyMap<string, ContainerInstance>
  /** By launch template id; only of those for which the group says `$Latest` or `$Default`. */
  readonly templates: ReadonlyMap<string, TemplateVersions>
  /** By EC2 instance id: the tasks on the instances that are to be replaced. */
  readonly tasks: ReadonlyMap<string, readonly Task[]>
  /** By name: the services of these tasks. */
  readonly services: ReadonlyMap<string, Service>
  /** By the name of a service: the attributes that it is placed by; only where an instance that is to be replaced has any. */
  readonly placedBy: ReadonlyMap<string, readonly string[]>
}

/** How many units of the desired capacity an instance counts for: 1, unless the group weights instance types. */
export function weightOf({ WeightedCapacity }: Pick<Instance, 'WeightedCapacity'>): number {
  return Number(WeightedCapacity ?? 1)
}

/** The units of several instances together. */
export function weightOfAll(instances: readonly Pick<Instance, 'WeightedCapacity'>[]): number {
  return instances.reduce((sum, instance) => sum + weightOf(instance), 0)
}

/** Whether instance types count differently, so that a desired capacity does not tell the number of instances. */
export function isWeighted({ MixedInstancesPolicy, Instances = [] }: AutoScalingGroup): boolean {
  const overrides = MixedInstancesPolicy?.LaunchTemplate?.Overrides ?? []
  return [...overrides, ...Instances].some(({ WeightedCapacity }) => Number(WeightedCapacity ?? 1) !== 1)
}

/** The instances that the group counts towards its desired capacity: in service or on their way there. */
export function instancesOf({ Instances = [] }: AutoScalingGroup): Instance[] {
  return Instances.filter(
    ({ LifecycleState = '' }) => !/^(Terminat|Detach|Standby|EnteringStandby|Warmed)/.test(LifecycleState),
  )
}

/** Whether somebody keeps a group from starting instances. */
export function isLaunchSuspended({ SuspendedProcesses = [] }: AutoScalingGroup): boolean {
  return SuspendedProcesses.some(({ ProcessName }) => ProcessName === 'Launch')
}

/** What resumes a process of a group that somebody has suspended. */
export function resumeCommand(group: string, name: string): string {
  return awsCommand('autoscaling resume-processes', { 'auto-scaling-group-name': group, 'scaling-processes': name })
}

/** Whether an instance is being detached from its group, or has been. */
export function isDetached({ LifecycleState }: Pick<Instance, 'LifecycleState'>): boolean {
  return LifecycleState?.startsWith('Detach') ?? false
}

/** How many tasks run on a container instance or are about to. */
export function tasksOn({ runningTasksCount = 0, pendingTasksCount = 0 }: Partial<ContainerInstance>): number {
  return runningTasksCount + pendingTasksCount
}

/** The name of the service that a task belongs to; undefined for a task that nothing replaces. */
export function serviceOf({ group = '' }: Pick<Task, 'group'>): string | undefined {
  return group.startsWith('service:') ? group.slice('service:'.length) : undefined
}

/**
 * Why ECS can move no task of a service off an instance that drains, in words; undefined if it can: either a task may stop
 * first, or its replacement may start first. ECS rounds the minimum percentage up and the maximum down.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-instance-draining.html
 */
export function undrainableBecause(service: Service): string | undefined {
  const { desiredCount: desired = 0, deploymentConfiguration = {}, schedulingStrategy = 'REPLICA' } = service
  const { minimumHealthyPercent = 100, maximumPercent = 200 } = deploymentConfiguration
  if (schedulingStrategy === 'DAEMON' || desired === 0) return undefined
  const mayStop = desired - Math.ceil((desired * minimumHealthyPercent) / 100)
  const mayStart = Math.floor((desired * maximumPercent) / 100) - desired
  if (mayStop > 0 || mayStart > 0) return undefined
  return `minimumHealthyPercent ${minimumHealthyPercent} and maximumPercent ${maximumPercent} of ${desired} let ECS neither stop nor start a task`
}

/** The most container instances that ECS marks or drains in one call. */
export const maxPerCall = 10

/** Parts of a list, each small enough for one call. */
export function inCalls<T>(all: readonly T[]): T[][] {
  return inParts(all, maxPerCall)
}

/** Parts of a list, each of that size but the last. */
export function inParts<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size))
}
