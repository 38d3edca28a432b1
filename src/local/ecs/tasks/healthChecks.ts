import { behaviourOf } from './images.ts'
import type { Moment } from './moment.ts'
import type { Wire } from '../../world/operation.ts'
import type { TaskLife } from '../../world/world.ts'

/** A task without health checks is healthy once it has been RUNNING for 40 s: API_DeploymentConfiguration, minimumHealthyPercent. */
const settling = 40_000

/** Omitted means essential: when such a container stops the whole task does, and only its health counts. */
export const isEssential = (container: Wire): boolean => container.essential !== false

/**
 * When a task of these containers counts as healthy, and when as failing its health checks, after RUNNING. Behind a load
 * balancer (`isBalanced`) it is that which tells, and the containers have a say where they have a check of their own.
 */
export function healthOf(
  containers: Wire[],
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
export function healthCheckMoments(containers: Wire[], { failsAfter }: { failsAfter?: number }, at: number): Moment[] {
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

export const isUnhealthy = (container: Wire): boolean => behaviourOf(container.image ?? '')?.kind === 'unhealthy'

/** The first check comes one interval after the start: API_HealthCheck, default 30 s. */
const untilHealthy = ({ healthCheck: { interval = 30 } = {} }: Wire): number => interval * 1000

/** Failures count after the start period, and `retries` in a row make a container unhealthy: API_HealthCheck, defaults 0, 3. */
const untilUnhealthy = ({ healthCheck: { startPeriod = 0, interval = 30, retries = 3 } = {} }: Wire): number =>
  (startPeriod + interval * retries) * 1000
