import { AwsFault } from '../world/fault.ts'
import { elbArn } from './loadBalancer.ts'
import type { Context, Wire } from '../world/operation.ts'
import { checkTargetGroup, targetGroupDefaults } from './targetGroupSettings.ts'
import { loadBalancersOf } from './targetGroupUse.ts'
import type { Region, TargetGroupRecord } from '../world/world.ts'

/**
 * A target group of a CreateTargetGroup input as DescribeTargetGroups shows it, with AWS's defaults.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
 */
export function newTargetGroup({ region, ids }: Context, input: Wire): Wire {
  const { Name, Tags: _, ...settings } = input
  const defaults = targetGroupDefaults(settings)
  const targetGroup = {
    TargetGroupArn: elbArn(region, `targetgroup/${Name}/${ids.hex(16)}`),
    TargetGroupName: Name,
    ...defaults,
    ...structuredClone(settings),
  }
  checkTargetGroup(targetGroup)
  return targetGroup
}

/** The target group with the load balancers that forward to it. */
export const shownTargetGroup = (region: Region, { targetGroup }: TargetGroupRecord): Wire => ({
  ...targetGroup,
  LoadBalancerArns: loadBalancersOf(region, targetGroup.TargetGroupArn),
})

export function findTargetGroup(region: Region, arn: string): TargetGroupRecord {
  const found = region.targetGroups[arn]
  if (!found) throw new AwsFault('TargetGroupNotFound', 'One or more target groups not found')
  return found
}
