// Brings instances back from standby; the desired capacity grows with them.
// https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_ExitStandby.html
import type { ExitStandbyAnswer, ExitStandbyQuery } from '@aws-sdk/client-auto-scaling'
import { changeInstances, instancesToChange } from '../changeInstances.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const exitStandby: Operation<ExitStandbyQuery, ExitStandbyAnswer> = (
  input,
  context,
): Wire<ExitStandbyAnswer> => {
  const { record, instances } = instancesToChange(context, input, ['Standby'])
  return changeInstances(context, record, instances, {
    task: 'move out of standby',
    state: 'Pending',
    to: 'InService',
    change: instances.length,
    description: (id) => `Moving EC2 instance out of Standby: ${id}`,
    cause: (id) => `instance ${id} was moved out of standby in response to a user request`,
  })
}
