// The rolling update: starts and stops tasks within the percentages, and moves them off drained container instances.
import type { Context } from '../../world/operation.ts'
import { wake } from '../../world/wake.ts'
import type { Region, ServiceRecord, TaskRecord } from '../../world/world.ts'
import { isDraining, tasksOn } from '../containerInstances/tasksOn.ts'
import type { ShownDeployment } from '../shown/records.ts'
import { failureOf } from '../tasks/health.ts'
import { primaryOf } from './deployment.ts'
import { launch, scaleIn } from './launch.ts'
import { enoughTasks, isBlocking, isStuck, rolloutBounds, startable, stoppable } from './rolloutBounds.ts'
import { serviceTasks } from './serviceCounts.ts'
import { ongoing } from './serviceDeployment.ts'
import { addEvent, addEventOnce, silence, started, stuck } from './serviceEvents.ts'

/** Starts tasks of the PRIMARY deployment and stops those of the others, as far as the percentages allow it now. */
export function roll(context: Context, record: ServiceRecord): void {
  const deployment = primaryOf(record.service)
  if (!deployment) return
  if (record.rollouts[deployment.id]!.state !== 'FAILED') return rollTo(context, record, deployment)
  trim(context, record, deployment)
  leaveDraining(context, record)
  spareDraining(context, record, rolloutBounds(record.service).lower)
}

/**
 * Starts tasks of a deployment and stops those of all others, as far as the percentages allow it now. Tasks on container
 * instances that are drained are replaced as if they were of another deployment.
 */
export function rollTo(context: Context, record: ServiceRecord, deployment: ShownDeployment): void {
  const { service } = record
  const isNew = (task: TaskRecord): boolean => isOf(context.region, deployment, task)
  trim(context, record, deployment)
  leaveDraining(context, record)
  const others = countedTasks(context.region, record).filter((task) => !isNew(task))
  const failing = (task: TaskRecord): string | undefined => failureOf(context, service, task)?.stoppedReason
  // Not yet RUNNING or failing its health checks: nobody misses it.
  const useless = others.filter((task) => task.task.lastStatus !== 'RUNNING' || failing(task) !== undefined)
  scaleIn(context, record, useless, failing)
  const tasks = countedTasks(context.region, record)
  replaceOld(context, record, { deployment, fresh: tasks.filter(isNew), old: tasks.filter((task) => !isNew(task)) })
}

/** Has as many tasks of a deployment run as the service wants, whatever else it runs. A FAILED one starts no more. */
export function keep(context: Context, record: ServiceRecord, deployment: ShownDeployment): void {
  trim(context, record, deployment)
  leaveDraining(context, record)
  if (record.rollouts[deployment.id]!.state === 'FAILED') return
  const own = serviceTasks(context.region, record).filter((task) => isOf(context.region, deployment, task))
  start(context, record, deployment, record.service.desiredCount - own.length)
  spareDraining(context, record, record.service.desiredCount, deployment.id)
}

/** Whether a task is of a deployment, and where it can stay. */
const isOf = (region: Region, { id }: ShownDeployment, task: TaskRecord): boolean =>
  task.task.startedBy === id && !isDraining(region, task)

/** Stops the tasks of a deployment that are more than the service wants. */
function trim(context: Context, record: ServiceRecord, deployment: ShownDeployment): void {
  const own = serviceTasks(context.region, record).filter((task) => isOf(context.region, deployment, task))
  scaleIn(context, record, mostDispensable(record, own).slice(0, Math.max(0, own.length - record.service.desiredCount)))
}

function replaceOld(
  context: Context,
  record: ServiceRecord,
  { deployment, fresh, old }: { deployment: ShownDeployment; fresh: TaskRecord[]; old: TaskRecord[] },
): void {
  const { service } = record
  const healthy = old.filter((task) => isCounted(record, task))
  const all = {
    desired: service.desiredCount,
    new: fresh.length,
    newHealthy: fresh.filter((task) => isCounted(record, task)).length,
    old: old.length,
    oldHealthy: healthy.length,
  }
  const bounds = rolloutBounds(service)
  const begun = start(context, record, deployment, startable(all, bounds))
  // What cannot be placed is nothing to wait for: stopping others within the percentages may make the room that it needs.
  const counts = record.waitsForRoom && begun === 0 ? { ...all, desired: all.new } : all
  // Old tasks that are RUNNING but have not proven healthy yet go before the healthy ones, but not while they may be needed.
  const isAtRest = startable(counts, bounds) === 0 && counts.newHealthy === counts.new
  const canSpareUnproven = isAtRest && counts.newHealthy + counts.oldHealthy >= bounds.lower
  const unproven = canSpareUnproven ? old.filter((task) => !isCounted(record, task)) : []
  const serviceDeployment = ongoing(context.region, record.rollouts[deployment.id])
  const hasEnough = counts.newHealthy >= (enoughTasks(service, serviceDeployment) ?? Infinity)
  const leaving = hasEnough && isBlocking(service) ? old : [...unproven, ...healthy.slice(0, stoppable(counts, bounds))]
  scaleIn(context, record, leaving)
  const isReplacing = old.some(({ task }) => task.startedBy !== deployment.id)
  if (leaving.length > 0 || !isReplacing || !isStuck(counts, bounds)) return
  addEventOnce(context, service, stuck)
  wake(record, context.now + silence)
}

/** Starts up to so many tasks; answers how many. */
function start(context: Context, record: ServiceRecord, deployment: ShownDeployment, count: number): number {
  const { notBefore } = record.rollouts[deployment.id]!
  if (count <= 0) return 0
  if (notBefore > context.now) {
    wake(record, notBefore)
    return 0
  }
  const tasks = launch(context, record, deployment, count)
  if (tasks.length > 0) addEvent(context, record.service, started(tasks))
  return tasks.length
}

const isCounted = (record: ServiceRecord, { task }: TaskRecord): boolean => record.healthy.includes(task.taskArn)

/** Those that are not healthy first, then the youngest. */
const mostDispensable = (record: ServiceRecord, tasks: TaskRecord[]): TaskRecord[] =>
  tasks.toReversed().toSorted((a, b) => Number(isCounted(record, a)) - Number(isCounted(record, b)))

/**
 * Stops what has to leave container instances that are drained and is not replaced: tasks that do not run yet, and those
 * of a daemon once no other service has tasks there.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-instance-draining.html
 */
function leaveDraining(context: Context, record: ServiceRecord): void {
  const { region } = context
  const draining = serviceTasks(region, record).filter((task) => isDraining(region, task))
  const leaving = draining.filter(
    (task) => task.task.lastStatus !== 'RUNNING' || (isDaemon(record) && !hasReplicas(region, task)),
  )
  scaleIn(context, record, leaving)
}

/** Stops tasks on drained container instances that are more than the `lower` healthy ones: of the service, or of a deployment. */
function spareDraining(context: Context, record: ServiceRecord, lower: number, deploymentId?: string): void {
  const { region } = context
  const healthy = serviceTasks(region, record)
    .filter(({ task }) => deploymentId === undefined || task.startedBy === deploymentId)
    .filter(({ task }) => record.healthy.includes(task.taskArn))
  const draining = healthy.filter((task) => isDraining(region, task))
  scaleIn(context, record, draining.slice(0, Math.max(0, healthy.length - lower)))
}

/** The service's tasks that it counts on: a daemon's on drained container instances only wait for their end. */
export function countedTasks(region: Region, record: ServiceRecord): TaskRecord[] {
  const tasks = serviceTasks(region, record)
  return isDaemon(record) ? tasks.filter((task) => !isDraining(region, task)) : tasks
}

const isDaemon = ({ service }: ServiceRecord): boolean => service.schedulingStrategy === 'DAEMON'

/** A daemon's task is the last to stop: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html */
const hasReplicas = (region: Region, { task }: TaskRecord): boolean =>
  tasksOn(region, task.containerInstanceArn ?? '').some(({ cluster, service }) => {
    const owner = service === undefined ? undefined : region.services[`${cluster}/${service}`]
    return owner?.service.schedulingStrategy === 'REPLICA'
  })
