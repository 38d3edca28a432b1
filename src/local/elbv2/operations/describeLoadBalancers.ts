// Lists load balancers, all or by ARN or name.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeLoadBalancers.html
import type { DescribeLoadBalancersInput, DescribeLoadBalancersOutput } from '@aws-sdk/client-elastic-load-balancing-v2'
import { AwsFault } from '../../world/fault.ts'
import { findLoadBalancer, shownLoadBalancer } from '../loadBalancer.ts'
import { pageOf } from '../page.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const describeLoadBalancers: Operation<DescribeLoadBalancersInput, DescribeLoadBalancersOutput> = (
  input,
  { region, now },
): Wire<DescribeLoadBalancersOutput> => {
  const { LoadBalancerArns: arns = [], Names: names = [] } = input
  if (arns.length > 0 && names.length > 0) {
    const message = 'Load balancer names and load balancer ARNs cannot be specified at the same time'
    throw new AwsFault('ValidationError', message)
  }
  const all = Object.values(region.loadBalancers)
  const byName = names.map((name) => {
    const found = all.find(({ loadBalancer }) => loadBalancer.LoadBalancerName === name)
    if (!found) throw new AwsFault('LoadBalancerNotFound', `Load balancers '[${name}]' not found`)
    return found
  })
  const byArn = arns.map((arn) => findLoadBalancer(region, arn))
  const found = arns.length + names.length > 0 ? [...byArn, ...byName] : all
  const shown = found.map((record) => shownLoadBalancer(record, now))
  const { items, nextToken } = pageOf(shown, input)
  return { LoadBalancers: items, NextMarker: nextToken }
}
