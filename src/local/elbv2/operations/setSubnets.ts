// Replaces the subnets of a load balancer.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SetSubnets.html
import type { SetSubnetsInput, SetSubnetsOutput } from '@aws-sdk/client-elastic-load-balancing-v2'
import { findLoadBalancer, zonesOf } from '../loadBalancer.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const setSubnets: Operation<SetSubnetsInput, SetSubnetsOutput> = (input, { region }): Wire<SetSubnetsOutput> => {
  const { loadBalancer } = findLoadBalancer(region, input.LoadBalancerArn)
  loadBalancer.AvailabilityZones = zonesOf(region, loadBalancer.Type, input)
  if (input.IpAddressType) loadBalancer.IpAddressType = input.IpAddressType
  return { AvailabilityZones: loadBalancer.AvailabilityZones, IpAddressType: loadBalancer.IpAddressType }
}
