// Lists listeners by ARN, or those of a load balancer.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeListeners.html
import type { DescribeListenersInput, DescribeListenersOutput } from '@aws-sdk/client-elastic-load-balancing-v2'
import { AwsFault } from '../../world/fault.ts'
import { findListener, listenersOf } from '../listener.ts'
import { findLoadBalancer } from '../loadBalancer.ts'
import { pageOf } from '../page.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import type { ListenerRecord } from '../../world/world.ts'

export const describeListeners: Operation<DescribeListenersInput, DescribeListenersOutput> = (
  input,
  { region },
): Wire<DescribeListenersOutput> => {
  const { LoadBalancerArn, ListenerArns: arns = [] } = input
  if (LoadBalancerArn === undefined && arns.length === 0) {
    throw new AwsFault('ValidationError', 'You must specify either listener ARNs or a load balancer ARN')
  }
  if (LoadBalancerArn !== undefined && arns.length > 0) {
    throw new AwsFault('ValidationError', 'Listener ARNs and a load balancer ARN cannot be specified at the same time')
  }
  if (LoadBalancerArn !== undefined) findLoadBalancer(region, LoadBalancerArn)
  const found: ListenerRecord[] =
    LoadBalancerArn === undefined ? arns.map((arn) => findListener(region, arn)) : listenersOf(region, LoadBalancerArn)
  const shown = found.map(({ listener }) => listener)
  const { items, nextToken } = pageOf(shown, input)
  return { Listeners: items, NextMarker: nextToken }
}
