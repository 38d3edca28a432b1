// One look of the service scheduler at a service.
import { nameOf } from '../../world/arn.ts'
import type { Context } from '../../world/operation.ts'
import type { Rollout, ServiceRecord } from '../../world/world.ts'
import type { ShownDeployment, ShownServiceDeployment } from '../shown/records.ts'
import { deregisterTasks, registerTasks } from '../tasks/registration.ts'
import { alarmFailure } from './alarm.ts'
import { breakerFailure, breakerTrips } from './breaker.ts'
import { primaryOf } from './deployment.ts'
import { failRollout, rollBackOnRequest } from './failRollout.ts'
import type { Failure } from './failure.ts'
import { finishRollout } from './finishRollout.ts'
import { daemonCount, scaleIn } from './launch.ts'
import { roll } from './roll.ts'
import { recount, serviceTasks } from './serviceCounts.ts'
import { changeServiceDeployment, ongoing } from './serviceDeployment.ts'
import { lookAtTasks, replaceUnhealthy } from './serviceHealth.ts'
import { walkOn } from './walk.ts'

/**
 * One look of the scheduler at a service, at `context.now`: notes what has become of its tasks, replaces, starts and
 * stops what the percentages allow, and says when it has to look again.
 */
export function passService(context: Context, record: ServiceRecord): void {
  delete record.nextAt
  delete record.waitsForRoom
  const { service } = record
  if (service.status === 'INACTIVE') return forgetService(context, record)
  registerTasks(context, record)
  lookAtTasks(context, record)
  if (service.status === 'DRAINING') return endService(context, record)
  if (service.schedulingStrategy === 'DAEMON') service.desiredCount = daemonCount(context.region, service)
  takeUpRequests(context, record)
  judge(context, record, (_, serviceDeployment) => serviceDeployment && alarmFailure(serviceDeployment))
  for (const deployment of serving(record)) replaceUnhealthy(context, record, deployment)
  judge(context, record, (rollout) => (breakerTrips(service, rollout) ? breakerFailure(service) : undefined))
  move(context, record)
  deregisterTasks(context, record)
  want(record)
  finishRollout(context, record)
  recount(context.region, record)
}

/** Has the PRIMARY deployment show how many tasks the service wants. */
function want({ service }: ServiceRecord): void {
  const primary = primaryOf(service)
  if (primary) primary.desiredCount = service.desiredCount
}

/** The deployments whose unhealthy tasks are replaced: in lifecycle stages that of the traffic before, too. */
function serving({ service, rollouts }: ServiceRecord): ShownDeployment[] {
  const primary = primaryOf(service)
  const source = primary && rollouts[primary.id]?.walk?.source
  return service.deployments.filter((each) => each === primary || each.id === source)
}

/** Fails the deployment that is in progress if `find` finds why. */
function judge(
  context: Context,
  record: ServiceRecord,
  find: (rollout: Rollout, serviceDeployment: ShownServiceDeployment | undefined) => Failure | undefined,
): void {
  const primary = primaryOf(record.service)
  const rollout = primary && record.rollouts[primary.id]
  if (!primary || rollout?.state !== 'IN_PROGRESS') return
  const failure = find(rollout, ongoing(context.region, rollout))
  if (failure) failRollout(context, record, primary, failure)
}

/** Takes the PRIMARY deployment on, by its strategy. */
function move(context: Context, record: ServiceRecord): void {
  const primary = primaryOf(record.service)
  if (!primary || !record.rollouts[primary.id]!.walk) return roll(context, record)
  const failure = walkOn(context, record, primary)
  if (failure) failRollout(context, record, primary, failure)
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

/** Deleted services are shown a while: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteService.html */
const remembered = 3_600_000

/** A DRAINING service stops its tasks; with all of them on their way out it is INACTIVE, and its history is gone. */
function endService(context: Context, record: ServiceRecord): void {
  const { service, rollouts } = record
  const { region } = context
  scaleIn(context, record, serviceTasks(region, record))
  deregisterTasks(context, record)
  service.status = 'INACTIVE'
  service.deployments = []
  for (const id of Object.keys(rollouts)) delete rollouts[id]
  for (const [arn, { serviceDeployment }] of Object.entries(region.serviceDeployments)) {
    if (serviceDeployment.serviceArn === service.serviceArn) delete region.serviceDeployments[arn]
  }
  for (const [arn, revision] of Object.entries(region.serviceRevisions)) {
    if (revision.serviceArn === service.serviceArn) delete region.serviceRevisions[arn]
  }
  delete service.currentServiceDeployment
  recount(region, record)
  record.nextAt = context.now + remembered
}

/** Forgets an INACTIVE service; one that was created under its name since has taken its place before. */
function forgetService({ region }: Context, { service }: ServiceRecord): void {
  delete region.services[`${nameOf(service.clusterArn)}/${service.serviceName}`]
  delete region.tags[service.serviceArn]
}
