// Removes instances from a group; they go on running.
// https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DetachInstances.html
import type { DetachInstancesAnswer, DetachInstancesQuery } from '@aws-sdk/client-auto-scaling'
import { changeInstances, instancesToChange } from '../changeInstances.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const detachInstances: Operation<DetachInstancesQuery, DetachInstancesAnswer> = (
  input,
  context,
): Wire<DetachInstancesAnswer> => {
  const { record, instances } = instancesToChange(context, input, ['InService', 'Standby'])
  return changeInstances(context, record, instances, {
    task: 'detach',
    state: 'Detaching',
    to: 'Detached',
    change: input.ShouldDecrementDesiredCapacity ? -instances.length : 0,
    description: (id) => `Detaching EC2 instance: ${id}`,
    cause: (id) => `instance ${id} was detached in response to a user request`,
  })
}
