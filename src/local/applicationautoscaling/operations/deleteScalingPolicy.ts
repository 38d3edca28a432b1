// Deletes a scaling policy. https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DeleteScalingPolicy.html
import type { DeleteScalingPolicyRequest } from '@aws-sdk/client-application-auto-scaling'
import { AwsFault } from '../../world/fault.ts'
import type { Nothing, Operation } from '../../world/operation.ts'
import { own } from '../../world/own.ts'
import { checkNamed, described, keyOf } from '../scalableTarget.ts'

export const deleteScalingPolicy: Operation<DeleteScalingPolicyRequest, Nothing> = (input, { region }): Nothing => {
  checkNamed(input)
  const key = keyOf(input, input.PolicyName)
  if (!own(region.scalingPolicies, key)) {
    const message = `No scaling policy found for ${described(input)}, policy name: ${input.PolicyName}`
    throw new AwsFault('ObjectNotFoundException', message)
  }
  delete region.scalingPolicies[key]
  return {}
}
