// Lists target groups, all or by ARN, name or load balancer.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetGroups.html
import type { DescribeTargetGroupsInput, DescribeTargetGroupsOutput } from '@aws-sdk/client-elastic-load-balancing-v2'
import { AwsFault } from '../../world/fault.ts'
import { findLoadBalancer, checkName } from '../loadBalancer.ts'
import { pageOf } from '../page.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { findTargetGroup, shownTargetGroup } from '../targetGroup.ts'
import type { Region, TargetGroupRecord } from '../../world/world.ts'

export const describeTargetGroups: Operation<DescribeTargetGroupsInput, DescribeTargetGroupsOutput> = (
  input,
  { region },
): Wire<DescribeTargetGroupsOutput> => {
  const { LoadBalancerArn, TargetGroupArns: arns = [], Names: names = [] } = input
  if ([LoadBalancerArn, arns[0], names[0]].filter((each) => each !== undefined).length > 1) {
    const message =
      'Target group names, target group ARNs, and a load balancer ARN cannot be specified at the same time'
    throw new AwsFault('ValidationError', message)
  }
  if (LoadBalancerArn !== undefined) findLoadBalancer(region, LoadBalancerArn)
  const shown = wanted(region, arns, names).map((record) => shownTargetGroup(region, record))
  const found = shown.filter(
    ({ LoadBalancerArns }) => LoadBalancerArn === undefined || LoadBalancerArns.includes(LoadBalancerArn),
  )
  const { items, nextToken } = pageOf(found, input)
  return { TargetGroups: items, NextMarker: nextToken }
}

function wanted(region: Region, arns: readonly string[], names: readonly string[]): TargetGroupRecord[] {
  const all = Object.values(region.targetGroups)
  if (arns.length + names.length === 0) return all
  const byName = names.map((name) => {
    checkName('Target group', name)
    return all.find(({ targetGroup }) => targetGroup.TargetGroupName === name)?.targetGroup.TargetGroupArn ?? ''
  })
  return [...arns, ...byName].map((arn) => findTargetGroup(region, arn))
}
