// How many tasks a rolling update may start and stop, and how many healthy ones are enough.
import type { ShownService, ShownServiceDeployment } from '../shown/records.ts'

/** What the bounds of a service follow from. */
interface Bounded {
  readonly desiredCount: number
  readonly deploymentConfiguration: { readonly minimumHealthyPercent: number; readonly maximumPercent: number }
}

/**
 * The tasks that must stay healthy and those that may be RUNNING or PENDING: minimumHealthyPercent rounded up,
 * maximumPercent rounded down.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
 */
export function rolloutBounds(service: Bounded): {
  lower: number
  upper: number
} {
  const { minimumHealthyPercent, maximumPercent } = service.deploymentConfiguration
  return {
    lower: Math.ceil((service.desiredCount * minimumHealthyPercent) / 100),
    upper: Math.floor((service.desiredCount * maximumPercent) / 100),
  }
}

/** How many tasks of which kind a service has, as far as a rolling update is concerned. */
interface RolloutCounts {
  readonly desired: number
  /** Tasks of the PRIMARY deployment that are meant to run. */
  readonly new: number
  /** Those of them that are healthy. */
  readonly newHealthy: number
  /** Tasks of the deployments before it that are meant to run. */
  readonly old: number
  readonly oldHealthy: number
}

/** How many tasks of the PRIMARY deployment there is room to start. */
export function startable(counts: RolloutCounts, { upper }: { upper: number }): number {
  return Math.max(0, Math.min(counts.desired - counts.new, upper - counts.old - counts.new))
}

/**
 * How many healthy old tasks may be stopped. While there is room to start new ones, or new ones are still on their way
 * to being healthy, only what is above the upper bound: first start, then wait, then stop, so that a bad revision costs
 * as few old tasks as the percentages allow.
 */
export function stoppable(counts: RolloutCounts, bounds: { lower: number; upper: number }): number {
  const spare = Math.min(counts.oldHealthy, counts.newHealthy + counts.oldHealthy - bounds.lower)
  const isUnderWay = startable(counts, bounds) > 0 || counts.newHealthy < counts.new
  return Math.max(0, isUnderWay ? Math.min(spare, counts.old + counts.new - bounds.upper) : spare)
}

/** Whether everything is healthy and yet nothing can be started or stopped: the percentages leave no way to go on. */
export function isStuck(counts: RolloutCounts, bounds: { lower: number; upper: number }): boolean {
  const isAllHealthy = counts.newHealthy === counts.new && counts.oldHealthy === counts.old
  if (counts.new >= counts.desired || !isAllHealthy) return false
  return startable(counts, bounds) === 0 && stoppable(counts, bounds) === 0
}

/**
 * How many healthy tasks are enough for a rolling update to count as done; undefined when all have to be. A rollback is
 * done when all are.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/early-success-criteria.html
 */
export function enoughTasks(
  { deploymentConfiguration, desiredCount }: ShownService,
  serviceDeployment?: ShownServiceDeployment,
): number | undefined {
  const { enable = false, healthyPercent = 100 } = deploymentConfiguration.earlySuccessCriteria ?? {}
  if (serviceDeployment?.status !== 'IN_PROGRESS' || !enable || desiredCount === 0) return undefined
  return Math.max(1, Math.ceil((desiredCount * healthyPercent) / 100))
}

/** Whether the tasks of the revisions before have to go first. */
export const isBlocking = ({ deploymentConfiguration }: ShownService): boolean =>
  deploymentConfiguration.earlySuccessCriteria?.sourceServiceRevisionCleanup === 'BLOCKING'
