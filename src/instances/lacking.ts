import type { AutoScalingGroup, Instance } from '@aws-sdk/client-auto-scaling'
import type { ContainerInstance } from '@aws-sdk/client-ecs'
import { instancesOf, weightOfAll } from './fleet.ts'

/** A group and the container instances of its cluster, by EC2 instance id. */
export interface Seen {
  readonly group: AutoScalingGroup
  readonly containers: ReadonlyMap<string, ContainerInstance>
}

/** Which instances of a group do not count, by their ids. */
export interface Uncounted {
  /** They are about to be taken away: the group must do without them. */
  readonly without: readonly string[]
  /** They serve the cluster neither before nor after. */
  readonly absent: readonly string[]
}

/**
 * What a group still lacks until it can do without some of its instances, in words; nothing once so many others serve the
 * cluster as it wants: in service, registered, ACTIVE, with an agent that is connected.
 */
export function lacking(seen: Seen, { without, absent }: Uncounted): string[] {
  const { group, containers } = seen
  const mine = instancesOf(group)
  const isIn =
    (ids: readonly string[]) =>
    ({ InstanceId = '' }: Instance) =>
      ids.includes(InstanceId)
  const uncounted = mine.filter((instance) => isIn(without)(instance) || isIn(absent)(instance))
  const others = mine.filter((instance) => !uncounted.includes(instance))
  const needed = (group.DesiredCapacity ?? 0) - weightOfAll(uncounted)
  const open = others.flatMap((instance) => lackOf(instance, containers) ?? [])
  const ready = others.filter((instance) => lackOf(instance, containers) === undefined)
  if (weightOfAll(ready) >= needed) return []
  const toStart = needed - weightOfAll(others)
  return [...open, ...(toStart > 0 ? [`${toStart} of ${group.DesiredCapacity} still to be started`] : [])]
}

/** What an instance lacks before tasks can be placed on it. */
function lackOf(
  { InstanceId = '', LifecycleState }: Instance,
  containers: ReadonlyMap<string, ContainerInstance>,
): string | undefined {
  if (LifecycleState !== 'InService') return `${InstanceId} is ${LifecycleState}`
  const container = containers.get(InstanceId)
  if (!container) return `${InstanceId} has not joined the cluster`
  if (container.status !== 'ACTIVE') return `${InstanceId} is ${container.status}`
  return container.agentConnected ? undefined : `the agent of ${InstanceId} is not connected`
}
