// A change that a user asks for, of instances of a group: attach, detach, put on standby, bring back.
import type { LifecycleState } from '@aws-sdk/client-auto-scaling'
import { beginActivity, secondOf } from './activity.ts'
import { findGroup, wakeGroup } from './group.ts'
import { checkRoom, instancesIn } from './rules.ts'
import type { Context } from '../world/operation.ts'
import { own } from '../world/own.ts'
import type { AutoScalingGroupRecord, AutoScalingInstance, ScalingActivity } from '../world/world.ts'

/** What takes an instance from one place in a group's life to another: leaving it, standing by, coming back. */
const changingTime = 10_000

/** A change that a user asks for, of some instances of a group. */
interface Change {
  /** What AWS calls it where the group's bounds forbid it. */
  readonly task: string
  /** The state while it is under way, and the one after it. */
  readonly state: LifecycleState
  readonly to: 'InService' | 'Standby' | 'Detached'
  /** By how much the desired capacity changes. */
  readonly change: number
  readonly description: (instanceId: string) => string
  readonly cause: (instanceId: string) => string
}

interface Asked {
  readonly AutoScalingGroupName: string
  readonly InstanceIds?: readonly string[] | undefined
}

/** The group and the instances that an input names, each instance in one of those states; throws ValidationError. */
export function instancesToChange({ region }: Context, input: Asked, states: readonly string[]) {
  const record = findGroup(region, input.AutoScalingGroupName)
  return { record, instances: instancesIn(record, input.InstanceIds ?? [], states) }
}

/** Begins a change and answers its activities; it takes ten seconds. Throws ValidationError beyond the group's bounds. */
export function changeInstances(
  context: Context,
  record: AutoScalingGroupRecord,
  instances: readonly AutoScalingInstance[],
  of: Change,
): { Activities: ScalingActivity[] } {
  const { group } = record
  if (of.change !== 0) checkRoom(record, of.change, of.task)
  const before = group.DesiredCapacity
  group.DesiredCapacity += of.change
  const way = of.change < 0 ? 'shrinking' : 'increasing'
  const capacity = of.change === 0 ? '' : `, ${way} the capacity from ${before} to ${group.DesiredCapacity}`
  const Activities = instances.map((instance) => {
    const { InstanceId } = instance
    instance.LifecycleState = of.state
    record.transitions[InstanceId] = { to: of.to, at: context.now + changingTime }
    const SubnetId = own(context.region.instances, InstanceId)?.instance.SubnetId
    const Cause = `At ${secondOf(context.now)} ${of.cause(InstanceId)}${capacity}.`
    const told = { Description: of.description(InstanceId), Cause, instance: { ...instance, SubnetId } }
    return beginActivity(context, record, told)
  })
  wakeGroup(context, record)
  return { Activities }
}
