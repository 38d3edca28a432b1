// Deletes a target group that nothing forwards to; a missing one counts as deleted.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteTargetGroup.html
import type { DeleteTargetGroupInput } from '@aws-sdk/client-elastic-load-balancing-v2'
import { AwsFault } from '../../world/fault.ts'
import type { Nothing, Operation } from '../../world/operation.ts'
import { isInUse } from '../targetGroup.ts'
import { wakeServicesOf } from '../changeListeners.ts'

export const deleteTargetGroup: Operation<DeleteTargetGroupInput, Nothing> = (
  { TargetGroupArn: arn },
  context,
): Nothing => {
  const { region } = context
  if (isInUse(region, arn)) {
    throw new AwsFault('ResourceInUse', `Target group '${arn}' is currently in use by a listener or a rule`)
  }
  delete region.targetGroups[arn]
  delete region.tags[arn]
  wakeServicesOf(context, [arn])
  return {}
}
