// A deployment of a service: how it begins, and its rollout state.
import type { Context } from '../../world/operation.ts'
import { schedulerDelay, wake } from '../../world/wake.ts'
import type { Rollout, ServiceRecord, Walk } from '../../world/world.ts'
import { change, pick } from '../../world/members.ts'
import type { ShownDeployment, ShownService } from '../shown/records.ts'
import { alarmsAtStart } from './alarm.ts'
import { recount } from './serviceCounts.ts'
import { addServiceDeployment, giveUpServiceDeployments } from './serviceDeployment.ts'
import { addServiceRevision } from './serviceRevision.ts'
import type { DeploymentSettings } from './serviceRevision.ts'
import { copyOf } from '../../world/copy.ts'

/**
 * Begins a deployment of the service as it is configured now: it is PRIMARY at once, the one before it ACTIVE, and what
 * was still in progress is superseded. `settings` holds what the service itself does not show.
 * AWS does not document what `deployments` looks like while a blue/green, linear or canary deployment goes on: here the
 * new one is PRIMARY and the one with the traffic ACTIVE, as in a rolling update, and the new one has no rolloutState.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Deployment.html
 */
export function beginDeployment(
  context: Context,
  record: ServiceRecord,
  settings: DeploymentSettings,
): ShownDeployment {
  const { service, rollouts } = record
  const { region, ids, now } = context
  const sources = service.deployments.map(({ id }) => rollouts[id]!.serviceRevisionArn)
  for (const each of service.deployments) {
    if (each.status === 'PRIMARY') change(each, { status: 'ACTIVE', updatedAt: now / 1000 })
  }
  giveUpServiceDeployments(context, record, 'A new service deployment was started.')
  const id = `ecs-svc/${ids.digits(19)}`
  const revision = addServiceRevision(context, record, settings)
  const target = revision.serviceRevisionArn
  const alarms = alarmsAtStart(region, service.deploymentConfiguration)
  const serviceDeploymentArn = addServiceDeployment(context, record, { deploymentId: id, target, sources, alarms })
  const walk = walkFrom(record, serviceDeploymentArn)
  const deployment: ShownDeployment = {
    id,
    status: 'PRIMARY',
    desiredCount: 0,
    pendingCount: 0,
    runningCount: 0,
    failedTasks: 0,
    createdAt: now / 1000,
    updatedAt: now / 1000,
    ...copyOf(pick(revision, shownByDeployments)),
    ...(walk ? {} : inProgress(id)),
  }
  service.deployments = [deployment, ...service.deployments]
  for (const other of Object.values(rollouts)) delete other.walk
  rollouts[id] = { ...newRollout(target, serviceDeploymentArn), ...(walk && { walk }) }
  service.currentServiceDeployment = serviceDeploymentArn
  record.steady = false
  recount(region, record)
  wake(record, now + schedulerDelay)
  return deployment
}

const inProgress = (id: string): Pick<ShownDeployment, 'rolloutState' | 'rolloutStateReason'> => ({
  rolloutState: 'IN_PROGRESS',
  rolloutStateReason: `ECS deployment ${id} in progress.`,
})

/** The deployment that the service is to run; there is none once it is INACTIVE, or when something else deploys it. */
export const primaryOf = (service: ShownService): ShownDeployment | undefined =>
  service.deployments.find(({ status }) => status === 'PRIMARY')

const shownByDeployments = [
  'taskDefinition',
  'launchType',
  'capacityProviderStrategy',
  'platformVersion',
  'platformFamily',
  'networkConfiguration',
  'serviceConnectConfiguration',
  'volumeConfigurations',
  'vpcLatticeConfigurations',
] as const

/** The way through the lifecycle stages, for what is not a rolling update; from the last completed deployment if there is one. */
function walkFrom({ service, rollouts }: ServiceRecord, serviceDeploymentArn: string): Walk | undefined {
  if (service.deploymentConfiguration.strategy === 'ROLLING') return undefined
  const others = service.deployments
  const source = others.find(({ id }) => rollouts[id]!.hasCompleted) ?? others[0]
  return { serviceDeploymentArn, back: false, ...(source && { source: source.id }), hookIds: [] }
}

const newRollout = (serviceRevisionArn: string, serviceDeploymentArn: string): Rollout => ({
  serviceRevisionArn,
  serviceDeploymentArn,
  state: 'IN_PROGRESS',
  failureCount: 0,
  launchFailures: 0,
  notBefore: 0,
  reachedRunning: false,
  hasCompleted: false,
})

/**
 * Brings a deployment into another rollout state. AWS shows it for rolling updates only: one that goes through lifecycle
 * stages has no rolloutState. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Deployment.html
 */
export function setRolloutState(
  context: Context,
  deployment: ShownDeployment,
  rollout: Rollout,
  to: { state: Rollout['state']; reason: string },
): void {
  rollout.state = to.state
  deployment.updatedAt = context.now / 1000
  if (deployment.rolloutState === undefined) return
  change(deployment, { rolloutState: to.state, rolloutStateReason: to.reason })
}
