import { primaryOf } from './deployment.ts'
import type { Context, Wire } from './operation.ts'
import { recount, serviceTasks } from './serviceCounts.ts'
import { changeServiceDeployment, ongoing } from './serviceDeployment.ts'
import { addEvent, completed, steady } from './serviceEvents.ts'
import type { ServiceRecord } from './world.ts'

/**
 * Completes the PRIMARY deployment once all of its tasks are healthy and those of the others have STOPPED, and says that
 * the service is steady. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html
 */
export function finishRollout(context: Context, record: ServiceRecord): void {
  const { service } = record
  dropReplaced(context, record)
  const deployment = primaryOf(service)
  if (!deployment || deployment.rolloutState === 'FAILED' || !isSettled(context, record, deployment)) return
  if (deployment.rolloutState === 'IN_PROGRESS') complete(context, record, deployment)
  if (!record.steady) addEvent(context, service, steady)
  record.steady = true
}

function isSettled(context: Context, record: ServiceRecord, deployment: Wire): boolean {
  const tasks = serviceTasks(context.region, record)
  const isItsOwn = tasks.every(({ task }) => task.startedBy === deployment.id)
  // What has become PRIMARY at this very moment is in progress first: a rollback that has nothing to do, too.
  if (deployment.updatedAt === context.now / 1000 && deployment.rolloutState === 'IN_PROGRESS') return false
  const isComplete = tasks.length === record.service.desiredCount && tasks.length === record.healthy.length
  return isItsOwn && isComplete && record.stopping.length === 0
}

function complete(context: Context, record: ServiceRecord, deployment: Wire): void {
  const { service, rollouts } = record
  const { id } = deployment
  Object.assign(deployment, {
    rolloutState: 'COMPLETED',
    rolloutStateReason: `ECS deployment ${id} completed.`,
    updatedAt: context.now / 1000,
  })
  rollouts[id]!.hasCompleted = true
  addEvent(context, service, completed(id))
  // What a service deployment counts stays as it is at its end.
  recount(context.region, record)
  for (const rollout of Object.values(rollouts)) {
    const found = ongoing(context.region, rollout)
    if (!found) continue
    const { deploymentCircuitBreaker: breaker, serviceDeploymentArn, status } = found
    if (breaker.status === 'MONITORING') breaker.status = 'MONITORING_COMPLETE'
    const isRollback = status === 'ROLLBACK_IN_PROGRESS'
    changeServiceDeployment(context, serviceDeploymentArn, isRollback ? 'ROLLBACK_SUCCESSFUL' : 'SUCCESSFUL')
  }
  for (const other of service.deployments) if (other !== deployment) delete rollouts[other.id]
  service.deployments = [deployment]
}

/** Deployments that were superseded leave with their last task; one that was COMPLETED stays, as the way back. */
function dropReplaced(context: Context, { service, rollouts, tasks, stopping }: ServiceRecord): void {
  const { region } = context
  const inUse = new Set([...tasks, ...stopping].map((arn) => region.tasks[arn]?.task.startedBy))
  service.deployments = service.deployments.filter(({ id, status }: Wire) => {
    const rollout = rollouts[id]!
    const stays = status === 'PRIMARY' || inUse.has(id) || rollout.hasCompleted || ongoing(region, rollout)
    if (!stays) delete rollouts[id]
    return stays
  })
}
