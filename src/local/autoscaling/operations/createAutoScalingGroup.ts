// Creates a group, which launches its instances two seconds later.
// https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html
import type { CreateAutoScalingGroupType } from '@aws-sdk/client-auto-scaling'
import { secondOf } from '../activity.ts'
import { newGroup, wakeGroup } from '../group.ts'
import { AwsFault } from '../../world/fault.ts'
import type { Nothing, Operation } from '../../world/operation.ts'
import { own } from '../../world/own.ts'
import type { AutoScalingGroupRecord } from '../../world/world.ts'

export const createAutoScalingGroup: Operation<CreateAutoScalingGroupType, Nothing> = (input, context): Nothing => {
  const { autoScalingGroups } = context.region
  const name = input.AutoScalingGroupName
  const existing = own(autoScalingGroups, name)
  if (existing) {
    const pending = existing.group.Status === undefined ? '' : ' and is pending delete'
    const message = `AutoScalingGroup by this name already exists - A group with the name ${name} already exists${pending}`
    throw new AwsFault('AlreadyExists', message)
  }
  const group = newGroup(context, input)
  const record: AutoScalingGroupRecord = { group, activities: [], transitions: {} }
  autoScalingGroups[name] = record
  const because =
    `At ${secondOf(context.now)} a user request created an AutoScalingGroup changing the desired capacity from 0 to ` +
    `${group.DesiredCapacity}.`
  wakeGroup(context, record, { because })
  return {}
}
