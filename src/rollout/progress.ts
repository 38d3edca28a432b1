/** Reports what has changed in a rollout, and what is still missing. */
import type { Service, ServiceDeployment } from '@aws-sdk/client-ecs'
import type { Emit } from '../engine/events.ts'
import { nameOf } from '../ground/names.ts'
import { trafficPercent } from './serviceDeployment.ts'
import { desiredOf } from './verdict.ts'

/** What one look at a service has shown that was not known before. */
interface News {
  /** Whether something went wrong with a task, or may have: it is worth asking which have stopped. */
  readonly isSuspicious: boolean
  /** Whether any count or state is another than at the look before. */
  readonly hasChanged: boolean
  /** Whether ECS has reported anything. */
  readonly hasEvents: boolean
}

/** Tells of one deployment of a service only when something in it has changed, and of each service event once. */
export function progress(of: {
  step: string
  id: string
  before: Service
  emit: Emit
}): (service: Service, serviceDeployment?: ServiceDeployment) => News {
  const { step, id, before, emit } = of
  const known = new Set((before.events ?? []).map((event) => event.id))
  let last = ''
  let running = 0
  let failed = 0
  let started = 0
  return (service, serviceDeployment) => {
    const deployments = service.deployments ?? []
    const ours = deployments.find((deployment) => deployment.id === id)
    const percent = serviceDeployment && trafficPercent(serviceDeployment)
    const counts = {
      desired: desiredOf(ours, service),
      running: ours?.runningCount ?? 0,
      pending: ours?.pendingCount ?? 0,
      failed: ours?.failedTasks ?? 0,
      rolloutState: ours?.rolloutState ?? serviceDeployment?.status ?? (ours ? 'IN_PROGRESS' : 'GONE'),
      others: deployments.filter((one) => one.id !== id).reduce((sum, one) => sum + (one.runningCount ?? 0), 0),
      ...(serviceDeployment?.lifecycleStage && { lifecycleStage: serviceDeployment.lifecycleStage }),
      ...(percent !== undefined && { trafficPercent: percent }),
    }
    const where = { step, cluster: nameOf(service.clusterArn ?? ''), service: service.serviceName ?? '' }
    let hasEvents = false
    let isSuspicious = counts.failed > failed || counts.running < running
    for (const { id: event, message = '', createdAt } of (service.events ?? []).toReversed()) {
      if (known.has(event)) continue
      known.add(event)
      hasEvents = true
      // More starts than tasks are wanted means that some did not last, also where no look fell between.
      started += Number(/has started (\d+) tasks/.exec(message)?.[1] ?? 0)
      isSuspicious ||= started > counts.desired || /unable|unhealthy|failed/.test(message)
      emit({ type: 'service.reported', ...where, message, reportedAt: createdAt?.toISOString() ?? '' })
    }
    const now = JSON.stringify(counts)
    const hasChanged = now !== last
    if (hasChanged) emit({ type: 'service.progressed', ...where, deploymentId: id, ...counts })
    last = now
    running = counts.running
    failed = counts.failed
    return { isSuspicious, hasChanged, hasEvents }
  }
}

/** What a rollout still lacks, in words. */
export function unmet(service: Service, id: string): string[] {
  const deployments = service.deployments ?? []
  const ours = deployments.find((deployment) => deployment.id === id)
  if (!ours) return [`deployment ${id} is no longer listed`]
  const { runningCount = 0, pendingCount = 0, failedTasks = 0 } = ours
  const desired = desiredOf(ours, service)
  const others = deployments.filter((one) => one.id !== id).reduce((sum, one) => sum + (one.runningCount ?? 0), 0)
  return [
    ...(runningCount < desired ? [`running ${runningCount} of ${desired}`] : []),
    ...(pendingCount > 0 ? [`${pendingCount} pending`] : []),
    ...(failedTasks > 0 ? [`${failedTasks} failed`] : []),
    ...(others > 0 ? [`${others} old ${others === 1 ? 'task' : 'tasks'} still running`] : []),
  ]
}
