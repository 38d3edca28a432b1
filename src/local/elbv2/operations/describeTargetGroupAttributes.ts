// Returns the attributes of a target group.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetGroupAttributes.html
import type {
  DescribeTargetGroupAttributesInput,
  DescribeTargetGroupAttributesOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { shownAttributes } from '../attributes.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { findTargetGroup } from '../targetGroup.ts'

export const describeTargetGroupAttributes: Operation<
  DescribeTargetGroupAttributesInput,
  DescribeTargetGroupAttributesOutput
> = ({ TargetGroupArn }, { region }): Wire<DescribeTargetGroupAttributesOutput> => ({
  Attributes: shownAttributes(findTargetGroup(region, TargetGroupArn).attributes),
})
