// How a deployment fails: the last completed one takes over, or everything stays as it is.
import type { Context } from '../../world/operation.ts'
import { schedulerDelay, wake } from '../../world/wake.ts'
import type { ServiceRecord } from '../../world/world.ts'
import { change } from '../../world/members.ts'
import type { ShownDeployment } from '../shown/records.ts'
import { setRolloutState } from './deployment.ts'
import type { Failure } from './failure.ts'
import { changeServiceDeployment, giveUpServiceDeployments, ongoing } from './serviceDeployment.ts'
import { addEvent, failed, rollingBack } from './serviceEvents.ts'
import { restoreServiceRevision } from './serviceRevision.ts'

/**
 * The PRIMARY deployment has failed: with rollback the last completed deployment takes over again, else (or with none to
 * go back to) it stays PRIMARY, FAILED, and starts no more tasks.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-failure-detection.html
 */
export function failRollout(
  context: Context,
  record: ServiceRecord,
  deployment: ShownDeployment,
  failure: Failure,
): void {
  const { by, what, because, rollback, monitor } = failure
  const rollout = record.rollouts[deployment.id]!
  const own = ongoing(context.region, rollout)
  const watch = monitor && own?.[monitor]
  if (watch) watch.status = 'TRIGGERED'
  addEvent(context, record.service, failed(deployment.id, what))
  setRolloutState(context, deployment, rollout, { state: 'FAILED', reason: `${by}: ${what}` })
  if (!rollback) return stall(context, record, `Service deployment stopped ${because}`)
  goBack(context, record, deployment, {
    reason: `Service deployment rolled back ${because}`,
    rolloutStateReason: (id) => `${by}: rolling back to deploymentId ${id}.`,
  })
}

/** StopServiceDeployment asked for it: the same way back, whatever the circuit breaker is set to. */
export function rollBackOnRequest(context: Context, record: ServiceRecord, deployment: ShownDeployment): void {
  const reason = `ECS deployment ${deployment.id} stopped: a rollback was requested.`
  setRolloutState(context, deployment, record.rollouts[deployment.id]!, { state: 'FAILED', reason })
  goBack(context, record, deployment, {
    reason: 'Service deployment rolled back because a rollback was requested.',
    rolloutStateReason: (id) => `ECS deployment ${id} in progress.`,
  })
}

/** The last completed deployment is PRIMARY again, with its old id and its service revision's configuration. */
function goBack(
  context: Context,
  record: ServiceRecord,
  deployment: ShownDeployment,
  how: { reason: string; rolloutStateReason: (id: string) => string },
): void {
  const { service, rollouts } = record
  const target = service.deployments.find(({ id }) => id !== deployment.id && rollouts[id]!.hasCompleted)
  const rollout = rollouts[deployment.id]!
  const rollingBackFrom = ongoing(context.region, rollout)
  if (!target || !rollingBackFrom) return stall(context, record, 'No rollback candidate was found to run the rollback')
  const { serviceRevisionArn } = rollouts[target.id]!
  const { serviceDeploymentArn } = rollingBackFrom
  deployment.status = 'ACTIVE'
  change(target, { status: 'PRIMARY', failedTasks: 0 })
  service.deployments = [target, ...service.deployments.filter((each) => each !== target)]
  // Until it has completed once more it is nothing to go back to.
  const afresh = { failureCount: 0, launchFailures: 0, notBefore: 0, reachedRunning: false, hasCompleted: false }
  const walk = rollout.walk && { serviceDeploymentArn, back: true, source: target.id, hookIds: [] }
  change(rollouts[target.id]!, { ...afresh, ...(walk && { walk }) })
  delete rollout.walk
  setRolloutState(context, target, rollouts[target.id]!, {
    state: 'IN_PROGRESS',
    reason: how.rolloutStateReason(target.id),
  })
  restoreServiceRevision(service, context.region.serviceRevisions[serviceRevisionArn]!)
  changeServiceDeployment(context, serviceDeploymentArn, 'ROLLBACK_IN_PROGRESS', how.reason)
  rollingBackFrom.rollback = { reason: how.reason, startedAt: context.now / 1000, serviceRevisionArn }
  addEvent(context, service, rollingBack(target.id))
  record.steady = false
  wake(record, context.now + schedulerDelay)
}

/** Nothing more is started; what the deployments before have running goes on serving. */
function stall(context: Context, record: ServiceRecord, reason: string): void {
  for (const rollout of Object.values(record.rollouts)) delete rollout.walk
  giveUpServiceDeployments(context, record, reason)
  wake(record, context.now + schedulerDelay)
}
