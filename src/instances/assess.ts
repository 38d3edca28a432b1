/** Sorts the instances of a group by what a refresh has to do with each. */
import type { Instance } from '@aws-sdk/client-auto-scaling'
import type { ContainerInstance } from '@aws-sdk/client-ecs'
import { type Fleet, instancesOf, isDetached } from './fleet.ts'
import { type LaunchChoice, launchChoicesOf, outdatedBecause } from './outdated.ts'
import { isMarked, settledCapacity } from './refreshNotes.ts'

/** The instances of a group, and those that were detached from it, by their state. */
export interface Assessment {
  /** What the group would launch now. */
  readonly launchChoices: readonly LaunchChoice[]
  /** By EC2 instance id: in what an outdated instance differs from that. */
  readonly because: ReadonlyMap<string, string>
  /** Outdated, in service and in the cluster: they are drained and replaced. */
  readonly outdated: readonly Instance[]
  /** Outdated and in service, but never joined the cluster. */
  readonly absent: readonly Instance[]
  /** Outdated and not in service yet: they run nothing, and are replaced at once. */
  readonly starting: readonly Instance[]
  /** Outdated and in standby. */
  readonly standby: readonly Instance[]
  /** Up to date, but not in the cluster yet. */
  readonly joining: readonly Instance[]
  /** Up to date, but set DRAINING by somebody else. */
  readonly drained: readonly Instance[]
  /** Outdated and DRAINING already, as a run that was cut off leaves them: no wait for capacity may count on them. */
  readonly emptied: readonly Instance[]
  /** Up to date by now, but marked by a run that was cut off before it could terminate them. */
  readonly takenBack: readonly ContainerInstance[]
  /** Detached and marked by a run that was cut off before it could terminate them. */
  readonly detached: readonly ContainerInstance[]
  /** The desired capacity when no refresh is under way. */
  readonly settled: number
}

export function assess({
  group,
  containers,
  templates,
}: Pick<Fleet, 'group' | 'containers' | 'templates'>): Assessment {
  const { AutoScalingGroupName = '', Instances = [] } = group
  const launchChoices = launchChoicesOf(group, templates)
  const because = new Map(
    Instances.flatMap((instance): [string, string][] => {
      // An instance that is terminating needs no replacement.
      if (instance.LifecycleState?.startsWith('Terminat')) return []
      const why = outdatedBecause(instance, launchChoices)
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
    launchChoices,
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
    emptied: old.filter((instance) => containerOf(instance)?.status === 'DRAINING'),
    takenBack: marked.filter((one) => current.some(({ InstanceId }) => InstanceId === one.ec2InstanceId)),
    detached: marked.filter((one) => {
      const inGroup = Instances.find(({ InstanceId }) => InstanceId === one.ec2InstanceId)
      return inGroup === undefined || isDetached(inGroup)
    }),
    settled: settledCapacity(group),
  }
}
