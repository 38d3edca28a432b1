// Returns the attributes of a load balancer.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeLoadBalancerAttributes.html
import type {
  DescribeLoadBalancerAttributesInput,
  DescribeLoadBalancerAttributesOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { findLoadBalancer } from '../loadBalancer.ts'
import { shownAttributes } from '../attributes.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const describeLoadBalancerAttributes: Operation<
  DescribeLoadBalancerAttributesInput,
  DescribeLoadBalancerAttributesOutput
> = ({ LoadBalancerArn }, { region }): Wire<DescribeLoadBalancerAttributesOutput> => ({
  Attributes: shownAttributes(findLoadBalancer(region, LoadBalancerArn).attributes),
})
