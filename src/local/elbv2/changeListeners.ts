// What follows from a change of listeners: targets begin to be checked, and services look at theirs.
import type { Context } from '../world/operation.ts'
import { wake } from '../world/wake.ts'
import { checkedAt } from './target.ts'
import { targetGroupsOf } from './targetGroup.ts'
import type { Region } from '../world/world.ts'

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
