// When a task is healthy: by its containers' health checks, and by its targets where it has load balancers.
import type { ContainerDefinition } from '@aws-sdk/client-ecs'
import { findTarget, notRegistered, targetHealth } from '../../elbv2/target.ts'
import { isInUse } from '../../elbv2/targetGroup.ts'
import type { Context, Wire } from '../../world/operation.ts'
import type { Region, TaskLife, TaskRecord, TaskStep, TaskTarget } from '../../world/world.ts'
import { failedHealthChecks, unhealthyTarget } from '../rollout/serviceEvents.ts'
import type { ShownContainerDefinition, ShownService } from '../shown/records.ts'
import { behaviourOf } from './images.ts'

/** A step of a task's life, with the milliseconds after its start at which it comes. */
export type Moment = Omit<TaskStep, 'after'> & { at: number }

/** A task without health checks is healthy once it has been RUNNING for 40 s: API_DeploymentConfiguration, minimumHealthyPercent. */
const settling = 40_000

/** Omitted means essential: when such a container stops the whole task does, and only its health counts. */
export const isEssential = (container: Wire<ContainerDefinition>): boolean => container.essential !== false

/**
 * When a task of these containers counts as healthy, and when as failing its health checks, after RUNNING. Behind a load
 * balancer (`isBalanced`) it is that which tells, and the containers have a say where they have a check of their own.
 */
export function healthOf(
  containers: readonly ShownContainerDefinition[],
  gracePeriodSeconds = 0,
  isBalanced = false,
): Pick<TaskLife, 'healthyAfter' | 'failsAfter' | 'healthChecked'> {
  const essential = containers.filter(isEssential)
  const checked = essential.filter(({ healthCheck }) => healthCheck)
  const healthChecked = checked.map(({ name }) => name)
  const unhealthy = (isBalanced ? checked : essential).filter(isUnhealthy)
  if (unhealthy.length > 0) {
    // The scheduler does not listen to health checks in the grace period: API_CreateService.
    return {
      failsAfter: Math.max(gracePeriodSeconds * 1000, Math.min(...unhealthy.map(untilUnhealthy))),
      healthChecked,
    }
  }
  const withoutChecks = isBalanced ? 0 : settling
  return { healthyAfter: checked.length > 0 ? Math.max(...checked.map(untilHealthy)) : withoutChecks, healthChecked }
}

/** What the container health checks find, and when the service has to look because they have failed. */
export function healthCheckMoments(
  containers: readonly ShownContainerDefinition[],
  { failsAfter }: { failsAfter?: number },
  at: number,
): Moment[] {
  const found = containers
    .filter(({ healthCheck }) => healthCheck)
    .map((container): Moment => {
      const [after, text] = isUnhealthy(container)
        ? [untilUnhealthy(container), 'UNHEALTHY']
        : [untilHealthy(container), 'HEALTHY']
      return { at: at + after, do: 'health', container: container.name, text }
    })
  return failsAfter === undefined ? found : [...found, { at: at + failsAfter, do: 'look' }]
}

export const isUnhealthy = (container: Wire<ContainerDefinition>): boolean =>
  behaviourOf(container.image ?? '')?.kind === 'unhealthy'

/** The first check comes one interval after the start: API_HealthCheck, default 30 s. */
const untilHealthy = ({ healthCheck }: Wire<ContainerDefinition>): number => (healthCheck?.interval ?? 30) * 1000

/** Failures count after the start period, and `retries` in a row make a container unhealthy: API_HealthCheck, defaults 0, 3. */
function untilUnhealthy({ healthCheck }: Wire<ContainerDefinition>): number {
  const { startPeriod = 0, interval = 30, retries = 3 } = healthCheck ?? {}
  return (startPeriod + interval * retries) * 1000
}

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

/** When its containers are healthy if nothing happens; undefined while not RUNNING or if they never are. */
function containersHealthyAt({ task, life }: TaskRecord): number | undefined {
  if (task.lastStatus !== 'RUNNING' || life.healthyAfter === undefined) return undefined
  return life.runningAt! + life.healthyAfter
}

/** A service, which waits for health checks. */
type Graced = Pick<ShownService, 'healthCheckGracePeriodSeconds'>

/** When its load balancers give a task up, the grace period of the service included; undefined when they do not. */
export function failsAt(region: Region, service: Graced, record: TaskRecord): number | undefined {
  const failures = (record.targets ?? []).flatMap((target) => verdictOf(region, target).failsAt ?? [])
  if (failures.length === 0 || record.task.lastStatus !== 'RUNNING') return undefined
  return Math.max(Math.min(...failures), record.life.runningAt! + service.healthCheckGracePeriodSeconds * 1000)
}

/** Why the scheduler is to replace a task now: the event it gives as its reason, and the one that the task stops with. */
export function failureOf(
  { region, now }: Pick<Context, 'region' | 'now'>,
  service: Graced,
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
    const { Description = '' } = found ? targetHealth(region, group, found, now) : notRegistered
    return {
      event: unhealthyTarget(where, targetGroupArn, Description),
      stoppedReason: `Task failed ELB health checks in (target-group ${targetGroupArn})`,
    }
  }
  return undefined
}

/** Whether its container health checks have failed and the grace period is over. */
function failsHealthChecks({ task, life }: TaskRecord, now: number): boolean {
  if (task.lastStatus !== 'RUNNING' || life.failsAfter === undefined) return false
  return now >= life.runningAt! + life.failsAfter
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
