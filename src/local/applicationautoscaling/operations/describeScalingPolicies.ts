// Lists scaling policies. https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DescribeScalingPolicies.html
import type {
  DescribeScalingPoliciesRequest,
  DescribeScalingPoliciesResponse,
} from '@aws-sdk/client-application-auto-scaling'
import type { Operation, Wire } from '../../world/operation.ts'
import { belongsTo, checkNamed, pageOf } from '../scalableTarget.ts'

export const describeScalingPolicies: Operation<DescribeScalingPoliciesRequest, DescribeScalingPoliciesResponse> = (
  input,
  { region },
): Wire<DescribeScalingPoliciesResponse> => {
  checkNamed(input)
  const policies = Object.values(region.scalingPolicies)
    .filter(belongsTo(input))
    .filter(({ PolicyName }) => input.PolicyNames?.includes(PolicyName) ?? true)
  const { items, nextToken } = pageOf(policies, input)
  return { ScalingPolicies: items as DescribedPolicy[], NextToken: nextToken }
}

/** What a policy is configured with was checked when it was put, and is nobody's concern here. */
type DescribedPolicy = NonNullable<ReturnType<typeof describeScalingPolicies>['ScalingPolicies']>[number]
