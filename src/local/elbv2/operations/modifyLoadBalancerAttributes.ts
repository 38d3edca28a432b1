// Sets attributes of a load balancer.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyLoadBalancerAttributes.html
import { findLoadBalancer } from '../loadBalancer.ts'
import { setAttributes, shownAttributes } from '../attributes.ts'
import type { Operation } from '../../world/operation.ts'

export const modifyLoadBalancerAttributes: Operation = ({ LoadBalancerArn, Attributes }, { region }) => {
  const { attributes } = findLoadBalancer(region, LoadBalancerArn)
  setAttributes('Load balancer', attributes, Attributes)
  return { Attributes: shownAttributes(attributes) }
}
