import type { Instance } from '@aws-sdk/client-auto-scaling'
import type { ContainerInstance } from '@aws-sdk/client-ecs'
import { type Fleet, instancesOf, isDetached } from './fleet.ts'
import { isMarked, settledCapacity } from './marks.ts'
import { outdatedBecause } from './outdated.ts'
import { type Wanted, wantedOf } from './wanted.ts'

/** What is to be said of each instance of a group, and of those that were detached from it. */
export interface Assessment {
  /** What the group would start now. */
  readonly wanted: readonly Wanted[]
  /** By EC2 instance id: in what an instance differs from that. Who is not here does not. */
  readonly because: ReadonlyMap<string, string>
  /** Outdated, in service and in the cluster: they are drained and replaced. */
  readonly outdated: readonly Instance[]
  /** Outdated and in service, but they never joined the cluster. */
  readonly absent: readonly Instance[]
  /** Outdated and not in service yet: they serve nothing, and are replaced without more ado. */
  readonly starting: readonly Instance[]
  /** Outdated and in standby. */
  readonly standby: readonly Instance[]
  /** As the group would start them, and not in the cluster yet. */
  readonly joining: readonly Instance[]
  /** As the group would start them, but DRAINING on somebody else's word. */
  readonly drained: readonly Instance[]
  /** As the group would start them, but marked by a run that was cut off: it was about to take them away. */
  readonly reprieved: readonly ContainerInstance[]
  /** Marked by a run that was cut off, and no longer in the group: detached, and about to be terminated. */
  readonly detached: readonly ContainerInstance[]
  /** The desired capacity when nobody refreshes the group. */
  readonly settled: number
}

/** Sorts the instances by what a refresh has to do with each. */
export function assess({
  group,
  containers,
  templates,
}: Pick<Fleet, 'group' | 'containers' | 'templates'>): Assessment {
  const { AutoScalingGroupName = '', Instances = [] } = group
  const wanted = wantedOf(group, templates)
  const because = new Map(
    Instances.flatMap((instance): [string, string][] => {
      // Who is about to end needs no replacing.
      if (instance.LifecycleState?.startsWith('Terminat')) return []
      const why = outdatedBecause(instance, wanted)
      return why === undefined ? [] : [[instance.InstanceId ?? '', why]]
    }),
  )
  const containerOf = ({ InstanceId = '' }: Instance): ContainerInstance | undefined => containers.get(InstanceId)
  const isOld = ({ InstanceId = '' }: Instance): boolean => because.has(InstanceId)
  const marked = [...containers.values()].filter((one) => isMarked(one, AutoScalingGroupName))
  const mine = instancesOf(group)
  const inService = mine.filter(({ LifecycleState }) => LifecycleState === 'InService')
  const old = inService.filter(isOld)
  const current = inService.filter((instance) => !isOld(instance))
  return {
    wanted,
    because,
    outdated: old.filter(containerOf),
    absent: old.filter((instance) => !containerOf(instance)),
    starting: mine.filter((instance) => isOld(instance) && !inService.includes(instance)),
    standby: Instances.filter((instance) => instance.LifecycleState === 'Standby' && isOld(instance)),
    joining: current.filter((instance) => !containerOf(instance)),
    drained: current.filter((instance) => {
      const container = containerOf(instance)
      return container?.status === 'DRAINING' && !marked.includes(container)
    }),
    reprieved: marked.filter((one) => current.some(({ InstanceId }) => InstanceId === one.ec2InstanceId)),
    detached: marked.filter((one) => {
      const inGroup = Instances.find(({ InstanceId }) => InstanceId === one.ec2InstanceId)
      return inGroup === undefined || isDetached(inGroup)
    }),
    settled: settledCapacity(group),
  }
}
