// Returns the attributes of a load balancer.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeLoadBalancerAttributes.html
import { findLoadBalancer } from '../loadBalancer.ts'
import { shownAttributes } from '../attributes.ts'
import type { Operation } from '../../world/operation.ts'

export const describeLoadBalancerAttributes: Operation = ({ LoadBalancerArn }, { region }) => ({
  Attributes: shownAttributes(findLoadBalancer(region, LoadBalancerArn).attributes),
})
