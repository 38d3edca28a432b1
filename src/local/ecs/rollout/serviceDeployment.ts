// A service deployment: the record of one deployment, with its states and counts.
import type {
  DeploymentCircuitBreaker,
  ServiceDeploymentAlarms,
  ServiceDeploymentRollbackMonitorsStatus,
  ServiceDeploymentStatus,
} from '@aws-sdk/client-ecs'
import { nameOf, serviceDeploymentArn } from '../../world/arn.ts'
import type { Context, Wire } from '../../world/operation.ts'
import { wake } from '../../world/wake.ts'
import type { Region, Rollout, ServiceRecord } from '../../world/world.ts'
import { change } from '../../world/members.ts'
import type { ShownService, ShownServiceDeployment, ShownServiceRevisionSummary } from '../shown/records.ts'
import { breakerThreshold } from './breaker.ts'
import { copyOf } from '../../world/copy.ts'

/** The states that a service deployment stays in. */
const ended: readonly ServiceDeploymentStatus[] = ['SUCCESSFUL', 'STOPPED', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED']

/** Seconds for which AWS shows them: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html */
const remembered = 90 * 86_400

/** Whether one is still shown: AWS forgets what ended, 90 days after it began. */
export function isRemembered({ status, createdAt }: ShownServiceDeployment, now: number): boolean {
  return !ended.includes(status) || createdAt > now / 1000 - remembered
}

/** The states in which the circuit breaker and alarms watch it. */
const watched: readonly ServiceDeploymentStatus[] = ['PENDING', 'IN_PROGRESS']

/**
 * Stores a new service deployment, PENDING. `sources` are the service revisions it is to replace.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html
 */
export function addServiceDeployment(
  context: Context,
  { service }: ServiceRecord,
  of: { deploymentId: string; target: string; sources: string[]; alarms: Wire<ServiceDeploymentAlarms> },
): string {
  const { region, ids, now } = context
  const arn = serviceDeploymentArn(region, nameOf(service.clusterArn), service.serviceName, ids.text(21))
  region.serviceDeployments[arn] = {
    deploymentId: of.deploymentId,
    serviceDeployment: {
      serviceDeploymentArn: arn,
      serviceArn: service.serviceArn,
      clusterArn: service.clusterArn,
      createdAt: now / 1000,
      updatedAt: now / 1000,
      sourceServiceRevisions: of.sources.map((source) => ({ arn: source })),
      targetServiceRevision: { arn: of.target },
      status: 'PENDING',
      deploymentConfiguration: copyOf(service.deploymentConfiguration),
      alarms: of.alarms,
    },
  }
  return arn
}

/** Brings a service deployment into another state, with the times that go with it. */
export function changeServiceDeployment(
  context: Context,
  arn: string,
  status: ServiceDeploymentStatus,
  statusReason?: string,
): void {
  const found = context.region.serviceDeployments[arn]?.serviceDeployment
  if (!found || ended.includes(found.status)) return
  const at = context.now / 1000
  change(found, { status, updatedAt: at, ...(statusReason && { statusReason }) })
  if (status === 'IN_PROGRESS') found.startedAt = at
  if (ended.includes(status)) found.finishedAt = at
  if (!watched.includes(status) && found.alarms.status === 'MONITORING') found.alarms.status = 'MONITORING_COMPLETE'
  if (status === 'STOPPED') found.stoppedAt = at
}

/** Where one goes that is given up; one that is just in progress is asked to stop first. */
const givenUp: Partial<Record<ServiceDeploymentStatus, ServiceDeploymentStatus>> = {
  ROLLBACK_IN_PROGRESS: 'ROLLBACK_FAILED',
  ROLLBACK_REQUESTED: 'STOPPED',
}

/** Ends every service deployment of the service that is going on, as another one begins or nothing can go on. */
export function giveUpServiceDeployments(context: Context, { rollouts }: ServiceRecord, statusReason: string): void {
  for (const rollout of Object.values(rollouts)) {
    const found = ongoing(context.region, rollout)
    if (!found || found.status === 'STOP_REQUESTED') continue
    const status = givenUp[found.status] ?? 'STOP_REQUESTED'
    changeServiceDeployment(context, found.serviceDeploymentArn, status, statusReason)
  }
}

/** The one that a deployment of a service belongs to, for as long as it has not come to its end. */
export function ongoing(region: Region, rollout: Rollout | undefined): ShownServiceDeployment | undefined {
  const found = rollout && region.serviceDeployments[rollout.serviceDeploymentArn]?.serviceDeployment
  return found && !ended.includes(found.status) ? found : undefined
}

/** Copies the counts of tasks and failures into a service deployment that is going on; the counts of an ended one stay. */
export function countInto(serviceDeployment: ShownServiceDeployment, service: ShownService, rollout: Rollout): void {
  const breaker = service.deploymentConfiguration.deploymentCircuitBreaker
  const revisions = service.currentServiceRevisions
  const counted = (revision: ShownServiceRevisionSummary): ShownServiceRevisionSummary => {
    const counts = revisions.find(({ arn }) => arn === revision.arn)
    return { ...revision, ...(counts ?? { requestedTaskCount: 0, runningTaskCount: 0, pendingTaskCount: 0 }) }
  }
  serviceDeployment.targetServiceRevision = counted(serviceDeployment.targetServiceRevision)
  serviceDeployment.sourceServiceRevisions = serviceDeployment.sourceServiceRevisions.map(counted)
  serviceDeployment.deploymentCircuitBreaker = {
    status: breakerStatus(serviceDeployment, breaker),
    failureCount: rollout.failureCount,
    threshold: breakerThreshold(breaker, service.desiredCount),
  }
}

function breakerStatus(
  { status, deploymentCircuitBreaker }: ShownServiceDeployment,
  breaker: Wire<DeploymentCircuitBreaker>,
): ServiceDeploymentRollbackMonitorsStatus {
  if (deploymentCircuitBreaker?.status === 'TRIGGERED') return 'TRIGGERED'
  if (!breaker.enable) return 'DISABLED'
  return watched.includes(status) ? 'MONITORING' : 'MONITORING_COMPLETE'
}

/** Wakes the service that a service deployment is of. */
export function wakeServiceOf(region: Region, { serviceArn }: ShownServiceDeployment, at: number): void {
  for (const record of Object.values(region.services)) if (record.service.serviceArn === serviceArn) wake(record, at)
}
