import { breakerTrips } from './breaker.ts'
import { primaryOf } from './deployment.ts'
import type { Context } from './operation.ts'
import { roll } from './roll.ts'
import { finishRollout } from './rolloutEnd.ts'
import { failRollout, rollBackOnRequest } from './rolloutFailure.ts'
import { recount } from './serviceCounts.ts'
import { changeServiceDeployment, ongoing } from './serviceDeployment.ts'
import { endService, forgetService } from './serviceEnd.ts'
import { lookAtTasks, replaceUnhealthy } from './serviceHealth.ts'
import { deregisterTasks, registerTasks } from './targetGroupTasks.ts'
import type { ServiceRecord } from './world.ts'

/**
 * One look of the scheduler at a service, at `context.now`: notes what has become of its tasks, replaces, starts and
 * stops what the percentages allow, and says when it has to look again.
 */
export function passService(context: Context, record: ServiceRecord): void {
  delete record.nextAt
  const { service } = record
  if (service.status === 'INACTIVE') return forgetService(context, record)
  registerTasks(context, record)
  lookAtTasks(context, record)
  if (service.status === 'DRAINING') return endService(context, record)
  takeUpRequests(context, record)
  replaceUnhealthy(context, record)
  const primary = primaryOf(service)
  if (primary?.rolloutState === 'IN_PROGRESS' && breakerTrips(service, record.rollouts[primary.id]!)) {
    failRollout(context, record, primary)
  }
  roll(context, record)
  deregisterTasks(context, record)
  finishRollout(context, record)
  recount(context.region, record)
}

/** What was asked for between two looks: deployments that begin, that are superseded, that are to be rolled back. */
function takeUpRequests(context: Context, record: ServiceRecord): void {
  const { service, rollouts } = record
  for (const deployment of service.deployments) {
    const found = ongoing(context.region, rollouts[deployment.id])
    if (!found) continue
    const { serviceDeploymentArn, status } = found
    if (status === 'PENDING') changeServiceDeployment(context, serviceDeploymentArn, 'IN_PROGRESS')
    if (status === 'STOP_REQUESTED') changeServiceDeployment(context, serviceDeploymentArn, 'STOPPED')
    if (status === 'ROLLBACK_REQUESTED') rollBackOnRequest(context, record, deployment)
  }
}
