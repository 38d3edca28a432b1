// Terminates instances of one group, even those that are protected from scale-in.
// https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_TerminateInstanceInAutoScalingGroup.html
import type { ActivityType, TerminateInstanceInAutoScalingGroupType } from '@aws-sdk/client-auto-scaling'
import { secondOf } from '../activity.ts'
import { findGroup, wakeGroup } from '../group.ts'
import { giveUp } from '../scaleIn.ts'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import type { AutoScalingGroupRecord, AutoScalingInstance, Region } from '../../world/world.ts'

export const terminateInstanceInAutoScalingGroup: Operation<TerminateInstanceInAutoScalingGroupType, ActivityType> = (
  input,
  context,
): Wire<ActivityType> => {
  const { InstanceId, InstanceIds = [InstanceId], ShouldDecrementDesiredCapacity: decrements } = input
  const found = InstanceIds.map((id) => managed(context.region, id, input.AutoScalingGroupName))
  const [first] = found
  if (!first || found.some(({ record }) => record !== first.record)) {
    throw new AwsFault('ValidationError', 'The instances are not all of the same Auto Scaling group.')
  }
  const { record } = first
  const before = record.group.DesiredCapacity
  if (decrements) decrement(record, found.length)
  const shrinking = decrements ? `, shrinking the capacity from ${before} to ${record.group.DesiredCapacity}` : ''
  const Activities = found.flatMap(({ instance }) => {
    const cause = `At ${secondOf(context.now)} instance ${instance.InstanceId} was taken out of service in response to a user request${shrinking}.`
    return giveUp(context, record, instance, cause) ?? []
  })
  wakeGroup(context, record)
  return InstanceId === undefined ? { Activities } : { Activity: Activities[0] }
}

function managed(
  region: Region,
  id: string | undefined,
  name?: string,
): { record: AutoScalingGroupRecord; instance: AutoScalingInstance } {
  for (const { group } of Object.values(region.autoScalingGroups)) {
    const instance = group.Instances.find((each) => each.InstanceId === id)
    if (!instance || (name !== undefined && name !== group.AutoScalingGroupName)) continue
    const record = findGroup(region, group.AutoScalingGroupName)
    if (instance.LifecycleState !== 'Terminating') return { record, instance }
    throw new AwsFault('ScalingActivityInProgress', `The instance ${id} is being terminated already.`)
  }
  throw new AwsFault('ValidationError', `Instance Id not found - No managed instance found for instance ID: ${id}`)
}

function decrement({ group }: AutoScalingGroupRecord, count: number): void {
  if (group.DesiredCapacity - count < group.MinSize) {
    throw new AwsFault(
      'ValidationError',
      `Currently, desiredSize equals minSize (${group.MinSize}). Terminating instance without replacement will violate ` +
        "group's min size constraint. Either set shouldDecrementDesiredCapacity flag to false or lower group's min size.",
    )
  }
  group.DesiredCapacity -= count
}
