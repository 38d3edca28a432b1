import type { Context, Wire } from '../world/operation.ts'
import { checkedAt } from './targetGroupTargets.ts'
import type { ListenerRecord, Region } from '../world/world.ts'
import { wake } from '../world/wake.ts'

/** ARNs of the load balancers that forward to a target group, by a listener or a rule of one. */
export function loadBalancersOf(region: Region, targetGroupArn: string): string[] {
  const using = Object.values(region.listeners).filter((listener) => targetGroupsOf(listener).includes(targetGroupArn))
  return [...new Set(using.map(({ listener }): string => listener.LoadBalancerArn))]
}

/** Whether any load balancer forwards to a target group; if none does its targets are not checked. */
export const isInUse = (region: Region, targetGroupArn: string): boolean =>
  loadBalancersOf(region, targetGroupArn).length > 0

/**
 * Makes a change to listeners or rules. Target groups that are in use by it and were not before have their targets
 * checked from now on; the services of what is registered there hear of it.
 */
export function changeListeners<Answer>(context: Context, change: () => Answer): Answer {
  const { region } = context
  const before = groupsInUse(region)
  const answer = change()
  const after = groupsInUse(region)
  const begun = [...after].filter((arn) => !before.has(arn))
  for (const arn of begun) {
    const record = region.targetGroups[arn]
    for (const target of record?.targets ?? []) target.knownAt = checkedAt(context, record!, target.fails)
  }
  wakeServicesOf(context, [...begun, ...[...before].filter((arn) => !after.has(arn))])
  return answer
}

/** Has the scheduler look at the services with a task in one of those target groups. */
export function wakeServicesOf({ region, now }: Context, targetGroupArns: readonly string[]): void {
  for (const { targets = [], cluster, service } of Object.values(region.tasks)) {
    const owner = region.services[`${cluster}/${service}`]
    if (owner && targets.some(({ targetGroupArn }) => targetGroupArns.includes(targetGroupArn))) wake(owner, now)
  }
}

const groupsInUse = (region: Region): Set<string> => new Set(Object.values(region.listeners).flatMap(targetGroupsOf))

/** The default rule has the listener's default actions. */
const targetGroupsOf = ({ rules }: ListenerRecord): string[] => rules.flatMap(({ Actions }) => forwardedTo(Actions))

/** ARNs of the target groups that actions forward to. */
export const forwardedTo = (actions: readonly Wire[]): string[] =>
  actions.flatMap(({ ForwardConfig }) => (ForwardConfig?.TargetGroups ?? []).map((each: Wire) => each.TargetGroupArn))
