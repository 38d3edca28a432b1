// Sets the desired capacity of a group.
// https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_SetDesiredCapacity.html
import type { SetDesiredCapacityType } from '@aws-sdk/client-auto-scaling'
import { isBusy, secondOf } from '../activity.ts'
import { findGroup, wakeGroup } from '../group.ts'
import { AwsFault } from '../../world/fault.ts'
import type { Nothing, Operation } from '../../world/operation.ts'
import type { AutoScalingGroupRecord } from '../../world/world.ts'

export const setDesiredCapacity: Operation<SetDesiredCapacityType, Nothing> = (input, context): Nothing => {
  const { AutoScalingGroupName, DesiredCapacity: wanted, HonorCooldown = false } = input
  const record = findGroup(context.region, AutoScalingGroupName)
  const { group } = record
  const [isAbove, isBelow] = [wanted > group.MaxSize, wanted < group.MinSize]
  if (isAbove || isBelow) {
    const bound = isAbove ? `above max value ${group.MaxSize}` : `below min value ${group.MinSize}`
    const message = `New SetDesiredCapacity value ${wanted} is ${bound} for the AutoScalingGroup.`
    throw new AwsFault('ValidationError', message)
  }
  if (HonorCooldown) checkCooldown(record, context.now)
  if (wanted === group.DesiredCapacity) return {}
  const because =
    `At ${secondOf(context.now)} a user request explicitly set group desired capacity changing the desired capacity ` +
    `from ${group.DesiredCapacity} to ${wanted}.`
  group.DesiredCapacity = wanted
  wakeGroup(context, record, { because })
  return {}
}

/** Refuses while something is in progress, and for the group's DefaultCooldown after it. */
function checkCooldown(record: AutoScalingGroupRecord, now: number): void {
  const { group, activities } = record
  const lastEnd = Math.max(0, ...activities.map(({ activity }) => activity.EndTime ?? 0))
  if (!isBusy(record) && now / 1000 >= lastEnd + group.DefaultCooldown) return
  const last = activities.at(-1)?.activity.ActivityId
  throw new AwsFault('ScalingActivityInProgress', `Scaling activity ${last} is in progress and blocks this action`)
}
