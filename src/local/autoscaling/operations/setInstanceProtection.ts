// Protects instances of a group from scale-in, or no longer.
// https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_SetInstanceProtection.html
import type { SetInstanceProtectionQuery } from '@aws-sdk/client-auto-scaling'
import { findGroup, wakeGroup } from '../group.ts'
import { instancesIn } from '../rules.ts'
import type { Nothing, Operation } from '../../world/operation.ts'

export const setInstanceProtection: Operation<SetInstanceProtectionQuery, Nothing> = (input, context): Nothing => {
  const record = findGroup(context.region, input.AutoScalingGroupName)
  const instances = instancesIn(record, input.InstanceIds, ['Pending', 'InService', 'EnteringStandby', 'Standby'])
  for (const instance of instances) instance.ProtectedFromScaleIn = input.ProtectedFromScaleIn
  // There may be more of them than there should be, and now some that can be given up.
  wakeGroup(context, record)
  return {}
}
