import { inProgress, schedulerDelay } from './deployment.ts'
import type { Context, Wire } from './operation.ts'
import { wake } from './serviceCounts.ts'
import { changeServiceDeployment, giveUpServiceDeployments, ongoing } from './serviceDeployment.ts'
import { addEvent, failed, rollingBack } from './serviceEvents.ts'
import { restoreServiceRevision } from './serviceRevision.ts'
import type { ServiceRecord } from './world.ts'

/**
 * The circuit breaker stops the PRIMARY deployment: with rollback the last completed deployment takes over again, else
 * (or with none to go back to) it stays PRIMARY, FAILED, and starts no more tasks.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
 */
export function failRollout(context: Context, record: ServiceRecord, deployment: Wire): void {
  const { service, rollouts } = record
  const own = ongoing(context.region, rollouts[deployment.id])
  if (own) own.deploymentCircuitBreaker.status = 'TRIGGERED'
  const because = 'because the circuit breaker threshold was exceeded.'
  addEvent(context, service, failed(deployment.id))
  fail(context, deployment, 'ECS deployment circuit breaker: tasks failed to start.')
  if (!service.deploymentConfiguration.deploymentCircuitBreaker.rollback) {
    return stall(context, record, `Service deployment stopped ${because}`)
  }
  goBack(context, record, deployment, {
    reason: `Service deployment rolled back ${because}`,
    rolloutState: (id) => ({
      rolloutState: 'IN_PROGRESS',
      rolloutStateReason: `ECS deployment circuit breaker: rolling back to deploymentId ${id}.`,
    }),
  })
}

/** StopServiceDeployment asked for it: the same way back, whatever the circuit breaker is set to. */
export function rollBackOnRequest(context: Context, record: ServiceRecord, deployment: Wire): void {
  fail(context, deployment, `ECS deployment ${deployment.id} stopped: a rollback was requested.`)
  goBack(context, record, deployment, {
    reason: 'Service deployment rolled back because a rollback was requested.',
    rolloutState: inProgress,
  })
}

function fail(context: Context, deployment: Wire, rolloutStateReason: string): void {
  Object.assign(deployment, { rolloutState: 'FAILED', rolloutStateReason, updatedAt: context.now / 1000 })
}

/** The last completed deployment is PRIMARY again, with its old id and its service revision's configuration. */
function goBack(
  context: Context,
  record: ServiceRecord,
  deployment: Wire,
  how: { reason: string; rolloutState: (id: string) => Wire },
): void {
  const { service, rollouts } = record
  const target = service.deployments.find(({ id }: Wire) => id !== deployment.id && rollouts[id]!.hasCompleted)
  const rollingBackFrom = ongoing(context.region, rollouts[deployment.id])
  if (!target) return stall(context, record, 'No rollback candidate was found to run the rollback')
  const { serviceRevisionArn } = rollouts[target.id]!
  const at = context.now / 1000
  deployment.status = 'ACTIVE'
  Object.assign(target, { status: 'PRIMARY', failedTasks: 0, updatedAt: at }, how.rolloutState(target.id))
  service.deployments = [target, ...service.deployments.filter((each: Wire) => each !== target)]
  // Until it has completed once more it is nothing to go back to.
  const afresh = { failureCount: 0, launchFailures: 0, notBefore: 0, reachedRunning: false, hasCompleted: false }
  Object.assign(rollouts[target.id]!, afresh)
  restoreServiceRevision(service, context.region.serviceRevisions[serviceRevisionArn]!)
  if (rollingBackFrom) {
    changeServiceDeployment(context, rollingBackFrom.serviceDeploymentArn, 'ROLLBACK_IN_PROGRESS', how.reason)
    rollingBackFrom.rollback = { reason: how.reason, startedAt: at, serviceRevisionArn }
  }
  addEvent(context, service, rollingBack(target.id))
  record.steady = false
  wake(record, context.now + schedulerDelay)
}

/** Nothing more is started; what the deployments before have running goes on serving. */
function stall(context: Context, record: ServiceRecord, reason: string): void {
  giveUpServiceDeployments(context, record, reason)
  wake(record, context.now + schedulerDelay)
}
