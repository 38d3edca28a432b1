import type { Wire } from './operation.ts'

/**
 * How many healthy tasks are enough for a rolling update to count as done; undefined when all have to be.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/early-success-criteria.html
 */
export function enoughTasks(serviceDeployment: Wire | undefined, desiredCount: number): number | undefined {
  const { status, deploymentConfiguration } = serviceDeployment ?? {}
  const criteria = deploymentConfiguration?.earlySuccessCriteria
  if (status !== 'IN_PROGRESS' || !criteria?.enable || desiredCount === 0) return undefined
  return Math.max(1, Math.ceil((desiredCount * criteria.healthyPercent) / 100))
}

/** Whether the tasks of the revisions before have to go first. */
export const isBlocking = ({ deploymentConfiguration }: Wire): boolean =>
  deploymentConfiguration.earlySuccessCriteria.sourceServiceRevisionCleanup === 'BLOCKING'
