import type { Context, Wire } from '../../world/operation.ts'
import { failedHealthChecks, unhealthyTarget } from './serviceEvents.ts'
import { findTarget, notRegistered, targetHealth } from '../../elbv2/target.ts'
import { isInUse } from '../../elbv2/targetGroup.ts'
import { failsHealthChecks, healthyAt as containersHealthyAt } from '../tasks/task.ts'
import type { Region, TaskRecord, TaskTarget } from '../../world/world.ts'

/**
 * When the service scheduler may count a task, in epoch milliseconds: its containers healthy, and all of its targets
 * where it has load balancers. Undefined while nothing points to it.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html (minimumHealthyPercent)
 */
export function healthyAt(region: Region, record: TaskRecord): number | undefined {
  const containers = containersHealthyAt(record)
  if (containers === undefined || !record.loadBalancers) return containers
  const known = (record.targets ?? []).flatMap((target) => verdictOf(region, target).healthyAt ?? [])
  return known.length === record.loadBalancers.length ? Math.max(containers, ...known) : undefined
}

/** When its load balancers give a task up, the grace period of the service included; undefined when they do not. */
export function failsAt(region: Region, service: Wire, record: TaskRecord): number | undefined {
  const failures = (record.targets ?? []).flatMap((target) => verdictOf(region, target).failsAt ?? [])
  if (failures.length === 0 || record.task.lastStatus !== 'RUNNING') return undefined
  return Math.max(Math.min(...failures), record.life.runningAt! + service.healthCheckGracePeriodSeconds * 1000)
}

/** Why the scheduler is to replace a task now: the event it gives as its reason, and the one that the task stops with. */
export function failureOf(
  { region, now }: Context,
  service: Wire,
  record: TaskRecord,
): { event: string; stoppedReason: string } | undefined {
  if (failsHealthChecks(record, now)) {
    return { event: failedHealthChecks(record.task), stoppedReason: 'Task failed container health checks' }
  }
  const at = failsAt(region, service, record)
  if (at === undefined || at > now) return undefined
  for (const target of record.targets ?? []) {
    const group = region.targetGroups[target.targetGroupArn]
    if (!group || (verdictOf(region, target).failsAt ?? Infinity) > now) continue
    const found = findTarget(group, target, now)
    const { targetGroupArn, id, port } = target
    const where = id.startsWith('i-') ? `(instance ${id}) (port ${port})` : `(port ${port})`
    const { Description } = found ? targetHealth(region, group, found, now) : notRegistered
    return {
      event: unhealthyTarget(where, targetGroupArn, Description),
      stoppedReason: `Task failed ELB health checks in (target-group ${targetGroupArn})`,
    }
  }
  return undefined
}

/**
 * When a target is known to be healthy or to fail, in epoch milliseconds; neither while nobody checks it. What somebody
 * else deregistered has failed.
 */
function verdictOf(region: Region, target: TaskTarget): { healthyAt?: number; failsAt?: number } {
  const group = region.targetGroups[target.targetGroupArn]
  if (!group) return {}
  const found = findTarget(group, target, -Infinity)
  if (!found || found.goneAt !== undefined) return { failsAt: -Infinity }
  if (!isInUse(region, target.targetGroupArn)) return {}
  return found.fails ? { failsAt: found.knownAt } : { healthyAt: found.knownAt }
}
