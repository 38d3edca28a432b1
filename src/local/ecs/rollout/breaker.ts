// The deployment circuit breaker.
import type { DeploymentCircuitBreaker } from '@aws-sdk/client-ecs'
import type { Wire } from '../../world/operation.ts'
import type { Rollout } from '../../world/world.ts'
import type { ShownDeployment, ShownService } from '../shown/records.ts'
import type { Failure } from './failure.ts'

/**
 * How many failed tasks the deployment circuit breaker lets pass before it stops a deployment; by default half of the
 * desired count, at least 3 and at most 200.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
 */
export function breakerThreshold(
  { thresholdConfiguration }: Pick<Wire<DeploymentCircuitBreaker>, 'thresholdConfiguration'>,
  desiredCount: number,
): number {
  const { type = 'BOUNDED_PERCENT', value = 50 } = thresholdConfiguration ?? {}
  if (type === 'COUNT') return value
  const share = Math.ceil((desiredCount * value) / 100)
  return type === 'UNBOUNDED_PERCENT' ? share : Math.min(Math.max(share, 3), 200)
}

/** What the circuit breaker finds when it trips. */
export const breakerFailure = ({ deploymentConfiguration }: ShownService): Failure => ({
  by: 'ECS deployment circuit breaker',
  what: 'tasks failed to start.',
  because: 'because the circuit breaker threshold was exceeded.',
  rollback: deploymentConfiguration.deploymentCircuitBreaker.rollback,
  monitor: 'deploymentCircuitBreaker',
})

/** Whether the circuit breaker of the service has seen enough of a deployment. */
export function breakerTrips(service: ShownService, rollout: Rollout): boolean {
  const breaker = service.deploymentConfiguration.deploymentCircuitBreaker
  return breaker.enable && rollout.failureCount > 0 && isSpent(service, rollout)
}

/**
 * A task of the deployment failed: it stopped before it was RUNNING (`never ran`) or was replaced for its health
 * checks (`unhealthy`). The breaker counts the former only until the first task of the deployment is RUNNING. A task
 * that ran and then exits is neither, which is why a crash loop does not trip it.
 */
export function countFailure(
  service: ShownService,
  deployment: ShownDeployment,
  rollout: Rollout,
  how: 'never ran' | 'unhealthy',
): void {
  if (rollout.state === 'COMPLETED') return
  deployment.failedTasks += 1
  // Of several tasks that fail together the breaker counts as many as it takes.
  if (rollout.state !== 'IN_PROGRESS' || isSpent(service, rollout)) return
  if (how === 'unhealthy' || !rollout.reachedRunning) rollout.failureCount += 1
}

/** A task of the deployment became healthy: the counting starts anew, unless the breaker is told to go on. */
export function countHealthy(service: ShownService, deployment: ShownDeployment, rollout: Rollout): void {
  if (service.deploymentConfiguration.deploymentCircuitBreaker.resetOnHealthyTask === false) return
  deployment.failedTasks = 0
  rollout.failureCount = 0
}

const isSpent = (service: ShownService, { failureCount }: Rollout): boolean =>
  failureCount >= breakerThreshold(service.deploymentConfiguration.deploymentCircuitBreaker, service.desiredCount)
