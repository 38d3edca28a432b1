import type { AutoScalingGroup, Instance } from '@aws-sdk/client-auto-scaling'
import type { ContainerInstance, Service, Task } from '@aws-sdk/client-ecs'

/** The versions that `$Default` and `$Latest` of a launch template stand for now. */
export interface TemplateVersions {
  readonly name: string
  readonly defaultVersion: string
  readonly latestVersion: string
}

/** An Auto Scaling group, its instances and what they run in a cluster, as they were read before anything is changed. */
export interface Fleet {
  /** The cluster's name. */
  readonly cluster: string
  readonly group: AutoScalingGroup
  /** The container instances of the whole cluster, by the id of the EC2 instance. */
  readonly containers: ReadonlyMap<string, ContainerInstance>
  /** By launch template id; read only where the group says `$Latest` or `$Default`. */
  readonly templates: ReadonlyMap<string, TemplateVersions>
  /** By EC2 instance id: the tasks on those that are to be replaced. */
  readonly tasks: ReadonlyMap<string, readonly Task[]>
  /** By name: the services of these tasks. */
  readonly services: ReadonlyMap<string, Service>
}

/** How many units of the desired capacity an instance counts for: 1, unless the group weights instance types. */
export function weightOf({ WeightedCapacity }: Pick<Instance, 'WeightedCapacity'>): number {
  return Number(WeightedCapacity ?? 1)
}

/** The units of several instances together. */
export function weightOfAll(instances: readonly Pick<Instance, 'WeightedCapacity'>[]): number {
  return instances.reduce((sum, instance) => sum + weightOf(instance), 0)
}

/** The instances that the group counts as its own and keeps: starting, in service or on their way there. */
export function instancesOf({ Instances = [] }: AutoScalingGroup): Instance[] {
  return Instances.filter(
    ({ LifecycleState = '' }) => !/^(Terminat|Detach|Standby|EnteringStandby|Warmed)/.test(LifecycleState),
  )
}

/** Whether an instance is on its way out of its group, which it leaves running. */
export function isDetached({ LifecycleState }: Pick<Instance, 'LifecycleState'>): boolean {
  return LifecycleState?.startsWith('Detach') ?? false
}

/** Whether instance types count differently, so that how many instances a desired capacity is cannot be said. */
export function isWeighted({ MixedInstancesPolicy, Instances = [] }: AutoScalingGroup): boolean {
  const overrides = MixedInstancesPolicy?.LaunchTemplate?.Overrides ?? []
  return [...overrides, ...Instances].some(({ WeightedCapacity }) => Number(WeightedCapacity ?? 1) !== 1)
}

/** The name of the service that a task is of; undefined for one that nothing replaces. */
export function serviceOf({ group = '' }: Pick<Task, 'group'>): string | undefined {
  return group.startsWith('service:') ? group.slice('service:'.length) : undefined
}
