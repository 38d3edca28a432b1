// Deregisters a scalable target; its policies and scheduled actions go with it.
// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DeregisterScalableTarget.html
import type { DeregisterScalableTargetRequest } from '@aws-sdk/client-application-auto-scaling'
import type { Nothing, Operation } from '../../world/operation.ts'
import { findTarget, removeTarget } from '../scalableTarget.ts'

export const deregisterScalableTarget: Operation<DeregisterScalableTargetRequest, Nothing> = (
  input,
  { region },
): Nothing => {
  removeTarget(region, findTarget(region, input))
  return {}
}
