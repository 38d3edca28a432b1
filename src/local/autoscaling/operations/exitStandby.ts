import { changed, changing } from '../change.ts'
import type { Operation } from '../../world/operation.ts'

/** The desired capacity grows by as many. https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_ExitStandby.html */
export const exitStandby: Operation = (input, context) => {
  const { record, instances } = changing(context, input, ['Standby'])
  return changed(context, record, instances, {
    task: 'move out of standby',
    state: 'Pending',
    to: 'InService',
    change: instances.length,
    description: (id) => `Moving EC2 instance out of Standby: ${id}`,
    cause: (id) => `instance ${id} was moved out of standby in response to a user request`,
  })
}
