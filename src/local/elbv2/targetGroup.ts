// A target group: how it is made, shown and found, and which load balancers forward to it.
import type { CreateTargetGroupInput, TargetGroup as ShownTargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2'
import { AwsFault } from '../world/fault.ts'
import { elbArn } from './loadBalancer.ts'
import type { Context, Wire } from '../world/operation.ts'
import { checkTargetGroup, targetGroupDefaults } from './targetGroupSettings.ts'
import { present } from '../world/members.ts'
import type { ListenerAction, ListenerRecord, Region, TargetGroup, TargetGroupRecord } from '../world/world.ts'
import { copyOf } from '../world/copy.ts'

/**
 * A target group of a CreateTargetGroup input as DescribeTargetGroups shows it, with AWS's defaults.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
 */
export function newTargetGroup({ region, ids }: Context, input: Wire<CreateTargetGroupInput>): TargetGroup {
  const { Name, Tags: _, ...settings } = present(input)
  const defaults = targetGroupDefaults(settings)
  const targetGroup = {
    TargetGroupArn: elbArn(region, `targetgroup/${Name}/${ids.hex(16)}`),
    TargetGroupName: Name,
    ...defaults,
    ...copyOf(settings),
  }
  checkTargetGroup(targetGroup)
  return targetGroup
}

/** The target group with the load balancers that forward to it. */
export const shownTargetGroup = (region: Region, { targetGroup }: TargetGroupRecord) =>
  ({
    ...targetGroup,
    LoadBalancerArns: loadBalancersOf(region, targetGroup.TargetGroupArn),
  }) satisfies Wire<ShownTargetGroup>

export function findTargetGroup(region: Region, arn: string): TargetGroupRecord {
  const found = region.targetGroups[arn]
  if (!found) throw new AwsFault('TargetGroupNotFound', 'One or more target groups not found')
  return found
}

/** ARNs of the load balancers that forward to a target group, by a listener or a rule of one. */
export function loadBalancersOf(region: Region, targetGroupArn: string): string[] {
  const using = Object.values(region.listeners).filter((listener) => targetGroupsOf(listener).includes(targetGroupArn))
  return [...new Set(using.map(({ listener }) => listener.LoadBalancerArn))]
}

/** Whether any load balancer forwards to a target group; if none does its targets are not checked. */
export const isInUse = (region: Region, targetGroupArn: string): boolean =>
  loadBalancersOf(region, targetGroupArn).length > 0

/** ARNs of the target groups that the rules of a listener forward to. The default rule has the listener's default actions. */
export const targetGroupsOf = ({ rules }: ListenerRecord): string[] =>
  rules.flatMap(({ Actions }) => forwardedTo(Actions))

/** ARNs of the target groups that actions forward to. */
export const forwardedTo = (actions: readonly ListenerAction[]): string[] =>
  actions.flatMap(({ ForwardConfig }) =>
    (ForwardConfig?.TargetGroups ?? []).flatMap(({ TargetGroupArn }) => TargetGroupArn ?? []),
  )
