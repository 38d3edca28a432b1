// Replaces the security groups of a load balancer.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SetSecurityGroups.html
import type { SetSecurityGroupsInput, SetSecurityGroupsOutput } from '@aws-sdk/client-elastic-load-balancing-v2'
import { AwsFault } from '../../world/fault.ts'
import { findLoadBalancer } from '../loadBalancer.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const setSecurityGroups: Operation<SetSecurityGroupsInput, SetSecurityGroupsOutput> = (
  { LoadBalancerArn, SecurityGroups },
  { region },
): Wire<SetSecurityGroupsOutput> => {
  const { loadBalancer } = findLoadBalancer(region, LoadBalancerArn)
  if (SecurityGroups.length === 0)
    throw new AwsFault('ValidationError', 'At least one security group must be specified')
  loadBalancer.SecurityGroups = [...SecurityGroups]
  return { SecurityGroupIds: SecurityGroups }
}
