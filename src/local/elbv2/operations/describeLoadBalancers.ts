// Lists load balancers, all or by ARN or name.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeLoadBalancers.html
import { AwsFault } from '../../world/fault.ts'
import { findLoadBalancer, shownLoadBalancer } from '../loadBalancer.ts'
import { pageOf } from '../page.ts'
import type { Operation } from '../../world/operation.ts'
import type { LoadBalancerRecord } from '../../world/world.ts'

export const describeLoadBalancers: Operation = (input, { region, now }) => {
  const { LoadBalancerArns: arns = [], Names: names = [] } = input
  if (arns.length > 0 && names.length > 0) {
    const message = 'Load balancer names and load balancer ARNs cannot be specified at the same time'
    throw new AwsFault('ValidationError', message)
  }
  const all = Object.values(region.loadBalancers)
  const byName = names.map((name: string): LoadBalancerRecord => {
    const found = all.find(({ loadBalancer }) => loadBalancer.LoadBalancerName === name)
    if (!found) throw new AwsFault('LoadBalancerNotFound', `Load balancers '[${name}]' not found`)
    return found
  })
  const byArn = arns.map((arn: string) => findLoadBalancer(region, arn))
  const found: LoadBalancerRecord[] = arns.length + names.length > 0 ? [...byArn, ...byName] : all
  const shown = found.map((record) => shownLoadBalancer(record, now))
  return pageOf('LoadBalancers', shown, input)
}
