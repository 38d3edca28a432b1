// Takes note of tasks that ended or became healthy, and replaces unhealthy ones.
import type { Context } from '../../world/operation.ts'
import { wake } from '../../world/wake.ts'
import type { ServiceRecord, TaskRecord } from '../../world/world.ts'
import { change } from '../../world/members.ts'
import type { ShownDeployment } from '../shown/records.ts'
import { failsAt, failureOf, healthyAt } from '../tasks/health.ts'
import { breakerTrips, countFailure, countHealthy } from './breaker.ts'
import { launch, retire } from './launch.ts'
import { rolloutBounds } from './rolloutBounds.ts'
import { serviceTasks } from './serviceCounts.ts'
import { addEvent, addEventOnce, impaired, replaced, stopped } from './serviceEvents.ts'

const shortestGap = 10_000
const longestGap = 15 * 60_000

/** Takes note of what has happened to the service's tasks since the last look: which ended, ran, became healthy. */
export function lookAtTasks(context: Context, record: ServiceRecord): void {
  const { region } = context
  record.stopping = record.stopping.filter((arn) => (region.tasks[arn]?.task.lastStatus ?? 'STOPPED') !== 'STOPPED')
  const ended = record.tasks.filter((arn) => region.tasks[arn]?.task.desiredStatus !== 'RUNNING')
  const failing = new Set<string>()
  // All at once: a service has up to 5,000 tasks, which may all end in the same moment.
  const gone = new Set(ended.filter((arn) => region.tasks[arn]))
  record.tasks = record.tasks.filter((arn) => !gone.has(arn))
  for (const arn of gone) noteEnd(record, region.tasks[arn]!, failing)
  const healthy = new Set(record.healthy.filter((arn) => !gone.has(arn)))
  for (const task of serviceTasks(region, record)) noteProgress(context, record, task, healthy)
  record.healthy = [...healthy]
  for (const id of failing) throttle(context, record, id)
}

/**
 * Replaces tasks of a deployment that fail their health checks: the replacement first where maximumPercent
 * leaves room for it, else one task at a time.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
 */
export function replaceUnhealthy(context: Context, record: ServiceRecord, deployment: ShownDeployment): void {
  const { service } = record
  if (record.rollouts[deployment.id]!.state === 'FAILED') return
  const tasks = serviceTasks(context.region, record)
  const own = tasks.filter(({ task }) => task.startedBy === deployment.id)
  const unhealthy = own.flatMap((task) => {
    const failure = failureOf(context, service, task)
    return failure ? [{ task, ...failure }] : []
  })
  if (unhealthy.length === 0) return
  const room = Math.max(0, rolloutBounds(service).upper - tasks.length)
  const batch = unhealthy.slice(0, Math.max(1, room))
  const rollout = record.rollouts[deployment.id]!
  for (const _ of batch) countFailure(service, deployment, rollout, 'unhealthy')
  const mayLaunch = !breakerTrips(service, rollout) && rollout.notBefore <= context.now
  const missing = Math.min(room, batch.length, service.desiredCount - own.length + batch.length)
  const started = mayLaunch && missing > 0 ? launch(context, record, deployment, missing) : []
  if (started.length > 0) addEvent(context, service, replaced(started))
  for (const { event } of batch) addEvent(context, service, event)
  for (const { task, stoppedReason } of batch) retire(context, record, task, stoppedReason)
  addEvent(context, service, stopped(batch.map(({ task }) => task.task)))
}

/** A task that is not to run any more, though nobody here stopped it. */
function noteEnd(record: ServiceRecord, ended: TaskRecord, failing: Set<string>): void {
  const { service, rollouts } = record
  const { taskArn, startedBy, startedAt, stopCode, lastStatus } = ended.task
  if (lastStatus !== 'STOPPED') record.stopping.push(taskArn)
  record.steady = false
  const deployment = service.deployments.find(({ id }) => id === startedBy)
  const rollout = deployment && rollouts[deployment.id]
  if (!rollout) return
  if (startedAt !== undefined) rollout.reachedRunning = true
  else if (stopCode !== 'UserInitiated') {
    countFailure(service, deployment, rollout, 'never ran')
    failing.add(deployment.id)
  }
}

/** `healthy` holds the ARNs of the tasks that have become so, in this order. */
function noteProgress(context: Context, record: ServiceRecord, task: TaskRecord, healthy: Set<string>): void {
  const { service, rollouts } = record
  const { taskArn, startedBy, startedAt } = task.task
  const rollout = startedBy === undefined ? undefined : rollouts[startedBy]
  if (startedAt === undefined || !rollout) return
  rollout.reachedRunning = true
  // Only a task that starts running now ends the gaps; others may have been running since before the image was lost.
  if (startedAt === context.now / 1000) change(rollout, { launchFailures: 0, notBefore: 0 })
  const at = healthyAt(context.region, task)
  const isHealthy = at !== undefined && context.now >= at
  if (isHealthy && !healthy.has(taskArn)) {
    healthy.add(taskArn)
    const deployment = service.deployments.find(({ id }) => id === startedBy)
    if (deployment) countHealthy(service, deployment, rollout)
  } else if (!isHealthy) {
    healthy.delete(taskArn)
    for (const next of [at, failsAt(context.region, service, task)]) {
      if (next !== undefined && next > context.now) wake(record, next)
    }
  }
}

/**
 * Tasks that never are RUNNING are started again after growing gaps: at once, after 10 s, 20 s and so on up to 15 min.
 * Those that failed together count as one try.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-throttle-logic.html
 */
function throttle(context: Context, record: ServiceRecord, deploymentId: string): void {
  const rollout = record.rollouts[deploymentId]!
  rollout.launchFailures += 1
  if (rollout.launchFailures < 2) return
  rollout.notBefore = context.now + Math.min(shortestGap * 2 ** (rollout.launchFailures - 2), longestGap)
  addEventOnce(context, record.service, impaired)
}
