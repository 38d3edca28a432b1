// Deletes a group. With ForceDelete it terminates the instances first, and the group stays until they are gone.
// https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DeleteAutoScalingGroup.html
import type { DeleteAutoScalingGroupType } from '@aws-sdk/client-auto-scaling'
import { isBusy } from '../activity.ts'
import { findGroup, wakeGroup } from '../group.ts'
import { AwsFault } from '../../world/fault.ts'
import type { Nothing, Operation } from '../../world/operation.ts'

export const deleteAutoScalingGroup: Operation<DeleteAutoScalingGroupType, Nothing> = (
  { AutoScalingGroupName: name, ForceDelete = false },
  context,
): Nothing => {
  const { region } = context
  const record = findGroup(region, name)
  const { group } = record
  if (!ForceDelete && isBusy(record)) {
    const message =
      'You cannot delete an AutoScalingGroup while there are scaling activities in progress for that group.'
    throw new AwsFault('ScalingActivityInProgress', message)
  }
  if (!ForceDelete && group.Instances.length > 0) {
    const message =
      'You cannot delete an AutoScalingGroup while there are instances or pending Spot instance request(s) still in the group.'
    throw new AwsFault('ResourceInUse', message)
  }
  if (group.Instances.length === 0) {
    delete region.autoScalingGroups[name]
    return {}
  }
  Object.assign(group, { Status: 'Delete in progress', MinSize: 0, MaxSize: 0, DesiredCapacity: 0 })
  wakeGroup(context, record, { atOnce: true })
  return {}
}
