// Starts draining targets, and skips those that are not registered, as AWS does.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeregisterTargets.html
import type { DeregisterTargetsInput } from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Nothing, Operation } from '../../world/operation.ts'
import { findTargetGroup, isInUse } from '../targetGroup.ts'
import { deregisterTarget } from '../target.ts'
import { wakeServicesOf } from '../changeListeners.ts'

export const deregisterTargets: Operation<DeregisterTargetsInput, Nothing> = (
  { TargetGroupArn, Targets },
  context,
): Nothing => {
  const record = findTargetGroup(context.region, TargetGroupArn)
  const drains = isInUse(context.region, TargetGroupArn)
  for (const { Id, Port = record.targetGroup.Port } of Targets) {
    deregisterTarget(context, record, { id: Id, port: Port }, drains)
  }
  wakeServicesOf(context, [TargetGroupArn])
  return {}
}
