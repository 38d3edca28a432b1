// Changes a group; what it launches later follows the change.
// https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_UpdateAutoScalingGroup.html
import type { UpdateAutoScalingGroupType } from '@aws-sdk/client-auto-scaling'
import { secondOf } from '../activity.ts'
import { findGroup, updatedGroup, wakeGroup } from '../group.ts'
import type { Nothing, Operation } from '../../world/operation.ts'

export const updateAutoScalingGroup: Operation<UpdateAutoScalingGroupType, Nothing> = (input, context): Nothing => {
  const record = findGroup(context.region, input.AutoScalingGroupName)
  const before = record.group.DesiredCapacity
  record.group = updatedGroup(context, record.group, input)
  const { MinSize, MaxSize, DesiredCapacity } = record.group
  const because =
    `At ${secondOf(context.now)} a user request update of AutoScalingGroup constraints to min: ${MinSize}, ` +
    `max: ${MaxSize}, desired: ${DesiredCapacity} changing the desired capacity from ${before} to ${DesiredCapacity}.`
  // What could not be launched may be now, with another launch template.
  delete record.retryAt
  wakeGroup(context, record, before === DesiredCapacity ? {} : { because })
  return {}
}
