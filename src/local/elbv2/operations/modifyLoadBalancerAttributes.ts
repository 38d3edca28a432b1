// Sets attributes of a load balancer.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyLoadBalancerAttributes.html
import type {
  ModifyLoadBalancerAttributesInput,
  ModifyLoadBalancerAttributesOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { findLoadBalancer } from '../loadBalancer.ts'
import { setAttributes, shownAttributes } from '../attributes.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const modifyLoadBalancerAttributes: Operation<
  ModifyLoadBalancerAttributesInput,
  ModifyLoadBalancerAttributesOutput
> = ({ LoadBalancerArn, Attributes }, { region }): Wire<ModifyLoadBalancerAttributesOutput> => {
  const { attributes } = findLoadBalancer(region, LoadBalancerArn)
  setAttributes('Load balancer', attributes, Attributes)
  return { Attributes: shownAttributes(attributes) }
}
