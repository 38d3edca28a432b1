// Changes a group; what it launches later follows the change.
// https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_UpdateAutoScalingGroup.html
import { secondOf } from '../activity.ts'
import { findGroup, updatedGroup, wakeGroup } from '../group.ts'
import type { Operation } from '../../world/operation.ts'

export const updateAutoScalingGroup: Operation = (input, context) => {
  const record = findGroup(context.region, input.AutoScalingGroupName)
  const { group } = record
  const before: number = group.DesiredCapacity
  const updated = updatedGroup(context, group, input)
  for (const member of Object.keys(group)) delete group[member]
  Object.assign(group, updated)
  const { MinSize, MaxSize, DesiredCapacity } = group
  const because =
    `At ${secondOf(context.now)} a user request update of AutoScalingGroup constraints to min: ${MinSize}, ` +
    `max: ${MaxSize}, desired: ${DesiredCapacity} changing the desired capacity from ${before} to ${DesiredCapacity}.`
  // What could not be launched may be now, with another launch template.
  delete record.retryAt
  wakeGroup(context, record, before === DesiredCapacity ? {} : { because })
  return {}
}
