/** One service as it stands. */
import type { Deployment, Service, ServiceDeployment } from '@aws-sdk/client-ecs'
import { desiredOf, primaryOf } from '../../rollout/verdict.ts'
import { answerCommand, pauseHooks } from '../../rollout/pauseHooks.ts'
import { trafficPercent } from '../../rollout/serviceDeployment.ts'
import { inProgress } from '../../rollout/serviceDeployment.ts'
import type { DeploymentStatus, PausedStatus, PointedAt, ServiceStatus } from './status.ts'

/** How many of a service's own events are shown, the newest ones. */
const mostEvents = 5

/** A service as it stands, from one look at it. */
export function serviceStatus(
  key: string,
  service: Service,
  known: {
    readonly current: ServiceDeployment | undefined
    readonly pointedAt: (arn: string | undefined) => PointedAt
    /** What a person types to run the file of the class. */
    readonly program?: string | undefined
    /** The value of `--only` where it has other classes than that of the service. */
    readonly only?: string | undefined
  },
): ServiceStatus {
  const { current, pointedAt } = known
  const { deployments = [], events = [] } = service
  return {
    service: key,
    ...pointedAt(service.taskDefinition),
    state: stateOfService(service, current),
    desired: service.desiredCount ?? 0,
    running: service.runningCount ?? 0,
    pending: service.pendingCount ?? 0,
    deployments: deployments.map((one) => deploymentStatus(one, service, pointedAt(one.taskDefinition))),
    serviceDeployment: current && {
      status: current.status ?? '',
      statusReason: current.statusReason,
      lifecycleStage: current.lifecycleStage,
      trafficPercent: trafficPercent(current),
      paused: pausedStatus(current, known),
    },
    events: events.slice(0, mostEvents).map(({ createdAt, message = '' }) => ({
      at: createdAt?.toISOString() ?? '',
      message,
    })),
  }
}

function pausedStatus(
  deployment: ServiceDeployment,
  { program, only }: Pick<Parameters<typeof serviceStatus>[2], 'program' | 'only'>,
): PausedStatus[] {
  const { serviceDeploymentArn = '' } = deployment
  return pauseHooks(deployment).map((hook) => {
    const of = { program, only, serviceDeploymentArn, hookId: hook.hookId }
    return {
      ...hook,
      continueCommand: answerCommand('continue', of),
      rejectCommand: answerCommand('reject', of),
    }
  })
}

const underWay = new Set<string>(inProgress)

/**
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Deployment.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html
 */
function stateOfService(service: Service, current: ServiceDeployment | undefined): ServiceStatus['state'] {
  const { deployments = [] } = service
  const primary = primaryOf(service)
  const isComplete =
    primary !== undefined &&
    deployments.length === 1 &&
    // Behind a Classic Load Balancer ECS tells no rolloutState.
    (primary.rolloutState ?? 'COMPLETED') === 'COMPLETED' &&
    primary.runningCount === desiredOf(primary, service)
  if (isComplete && !underWay.has(current?.status ?? '')) return 'settled'
  return primary?.rolloutState === 'FAILED' || current?.status === 'ROLLBACK_FAILED' ? 'failed' : 'inProgress'
}

function deploymentStatus(deployment: Deployment, service: Service, pointedAt: PointedAt): DeploymentStatus {
  return {
    id: deployment.id ?? '',
    status: deployment.status ?? '',
    ...pointedAt,
    rolloutState: deployment.rolloutState,
    rolloutStateReason: deployment.rolloutStateReason,
    desired: desiredOf(deployment, service),
    running: deployment.runningCount ?? 0,
    pending: deployment.pendingCount ?? 0,
    failed: deployment.failedTasks ?? 0,
  }
}
