import { beginActivity, finishActivities, recordFailure, secondOf } from './activity.ts'
import { terminateInstance } from '../ec2/instance.ts'
import type { Context, Wire } from '../world/operation.ts'
import { own } from '../world/own.ts'
import { nextToTerminate } from './terminationPolicy.ts'
import type { AutoScalingGroupRecord } from '../world/world.ts'

const weightOf = ({ WeightedCapacity = 1 }: Wire): number => Number(WeightedCapacity)

/** Terminates instances until a group has no more than its desired capacity, as far as they are not protected. */
export function terminateFor(context: Context, record: AutoScalingGroupRecord, active: readonly Wire[]): void {
  const { group } = record
  const sum = (instances: readonly Wire[]): number => instances.reduce((total, each) => total + weightOf(each), 0)
  const capacity = sum(active)
  const at = secondOf(context.now)
  let present = active
  for (;;) {
    const over = sum(present) - group.DesiredCapacity
    const next = over > 0 ? nextToTerminate(context, group, present) : undefined
    // One that weighs more than what is too much is kept: the group would have to launch another in its place.
    if (!next || weightOf(next) > over) break
    present = present.filter((instance) => instance !== next)
    const why =
      `At ${at} an instance was taken out of service in response to a difference between desired and actual capacity, shrinking the capacity from ${capacity} to ` +
      `${group.DesiredCapacity}. At ${at} instance ${next.InstanceId} was selected for termination.`
    giveUp(context, record, next, [record.because, why].filter(Boolean).join(' '))
  }
  const isProtected = present.length > 0 && present.every(({ ProtectedFromScaleIn }) => ProtectedFromScaleIn)
  if (sum(present) <= group.DesiredCapacity || !isProtected || record.because === undefined) return
  recordFailure(context, record, {
    Description: 'Terminating EC2 instance.',
    Cause: record.because,
    StatusCode: 'Cancelled',
    StatusMessage: 'Could not scale to desired capacity because all remaining instances are protected from scale-in.',
  })
  delete record.because
}

/** Takes an instance out of service and terminates it; one that is on its way out already is left as it is. */
export function giveUp(
  context: Context,
  record: AutoScalingGroupRecord,
  instance: Wire,
  Cause: string,
): Wire | undefined {
  const { InstanceId } = instance
  if (instance.LifecycleState === 'Terminating') return undefined
  finishActivities(context, record, InstanceId)
  delete record.transitions[InstanceId]
  instance.LifecycleState = 'Terminating'
  const ec2 = own(context.region.instances, InstanceId)
  if (ec2) terminateInstance(context, ec2)
  return beginActivity(context, record, {
    Description: `Terminating EC2 instance: ${InstanceId}`,
    Cause,
    instance: { ...instance, SubnetId: ec2?.instance.SubnetId },
  })
}
