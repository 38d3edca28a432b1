// Lists scalable targets. https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DescribeScalableTargets.html
import type {
  DescribeScalableTargetsRequest,
  DescribeScalableTargetsResponse,
} from '@aws-sdk/client-application-auto-scaling'
import type { Operation, Wire } from '../../world/operation.ts'
import { belongsTo, checkNamed, pageOf } from '../scalableTarget.ts'

export const describeScalableTargets: Operation<DescribeScalableTargetsRequest, DescribeScalableTargetsResponse> = (
  input,
  { region },
): Wire<DescribeScalableTargetsResponse> => {
  const { ServiceNamespace, ScalableDimension, ResourceIds } = input
  checkNamed({ ServiceNamespace, ScalableDimension })
  const targets = Object.values(region.scalableTargets)
    .filter(belongsTo({ ServiceNamespace, ScalableDimension }))
    .filter(({ ResourceId }) => ResourceIds?.includes(ResourceId) ?? true)
  const { items, nextToken } = pageOf(targets, input)
  return { ScalableTargets: items, NextToken: nextToken }
}
