// Puts instances of a group on standby: they stay in it and no longer count.
// https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_EnterStandby.html
import type { EnterStandbyAnswer, EnterStandbyQuery } from '@aws-sdk/client-auto-scaling'
import { changeInstances, instancesToChange } from '../changeInstances.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const enterStandby: Operation<EnterStandbyQuery, EnterStandbyAnswer> = (
  input,
  context,
): Wire<EnterStandbyAnswer> => {
  const { record, instances } = instancesToChange(context, input, ['InService'])
  return changeInstances(context, record, instances, {
    task: 'place into standby',
    state: 'EnteringStandby',
    to: 'Standby',
    change: input.ShouldDecrementDesiredCapacity ? -instances.length : 0,
    description: (id) => `Moving EC2 instance to Standby: ${id}`,
    cause: (id) => `instance ${id} was moved to standby in response to a user request`,
  })
}
