import type { Wire } from '../../world/operation.ts'

/**
 * How many healthy tasks are enough for a rolling update to count as done; undefined when all have to be. A rollback is
 * done when all are.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/early-success-criteria.html
 */
export function enoughTasks(
  { deploymentConfiguration, desiredCount }: Wire,
  serviceDeployment?: Wire,
): number | undefined {
  const criteria = deploymentConfiguration.earlySuccessCriteria
  if (serviceDeployment?.status !== 'IN_PROGRESS' || !criteria?.enable || desiredCount === 0) return undefined
  return Math.max(1, Math.ceil((desiredCount * criteria.healthyPercent) / 100))
}

/** Whether the tasks of the revisions before have to go first. */
export const isBlocking = ({ deploymentConfiguration }: Wire): boolean =>
  deploymentConfiguration.earlySuccessCriteria?.sourceServiceRevisionCleanup === 'BLOCKING'
