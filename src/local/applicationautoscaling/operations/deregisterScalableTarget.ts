// Deregisters a scalable target; its policies and scheduled actions go with it.
// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DeregisterScalableTarget.html
import type { DeregisterScalableTargetRequest } from '@aws-sdk/client-application-auto-scaling'
import type { Nothing, Operation } from '../../world/operation.ts'
import { findTarget, keyOf } from '../scalableTarget.ts'

export const deregisterScalableTarget: Operation<DeregisterScalableTargetRequest, Nothing> = (
  input,
  { region },
): Nothing => {
  const target = findTarget(region, input)
  const key = keyOf(target)
  for (const records of [region.scalingPolicies, region.scheduledActions]) {
    for (const each of Object.keys(records)) if (each.startsWith(`${key} `)) delete records[each]
  }
  delete region.scalableTargets[key]
  delete region.tags[target.ScalableTargetARN]
  return {}
}
