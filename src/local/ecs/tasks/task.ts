// A task: how it starts, stops and moves on.
import type { LoadBalancer, ServiceRegistry, Tag, Task } from '@aws-sdk/client-ecs'
import type { Context, Wire } from '../../world/operation.ts'
import { tagsOf } from '../../world/tags.ts'
import type { Region, TaskLife, TaskRecord, TaskStep } from '../../world/world.ts'
import { reservationOf } from '../containerInstances/resources.ts'
import { change } from '../../world/members.ts'
import { lifeOf, lostSteps, stoppingSteps, timeToStop } from './life.ts'
import { newTask } from './newTask.ts'
import type { TaskOrigin } from './newTask.ts'
import { performStep } from './performStep.ts'
import type { StopReason } from './performStep.ts'
import { drainingTime } from './registration.ts'
import { copyOf } from '../../world/copy.ts'

/** What a task is started with, where it is of a service or has tags. */
export interface TaskStart extends TaskOrigin {
  service?: string
  tags?: Wire<Tag>[]
  healthCheckGracePeriodSeconds?: number
  hasLoadBalancer?: boolean
  /** The service's load balancers that have a target group. */
  loadBalancers?: readonly Wire<LoadBalancer>[]
  serviceRegistries?: readonly Wire<ServiceRegistry>[]
}

/**
 * Makes a task of a revision, PROVISIONING (awsvpc) or PENDING, with its life laid out, and stores it in region.tasks.
 * A task of a `service` runs until something ends it; any other one ends by itself.
 */
export function startTask(context: Context, of: TaskStart): TaskRecord {
  const { cluster, service, loadBalancers = [], serviceRegistries = [] } = of
  const isBalanced = loadBalancers.length > 0
  const life = lifeOf({ ...of, ofService: service !== undefined, registered: of.hasLoadBalancer ?? false, isBalanced })
  const task = newTask(context, of)
  const record: TaskRecord = {
    task,
    cluster,
    service,
    life,
    ...(of.containerInstance && { reserved: reservationOf(of.taskDefinition, of.overrides) }),
    ...(isBalanced && { loadBalancers }),
    ...(serviceRegistries.length > 0 && { serviceRegistries }),
  }
  const { taskArn } = record.task
  context.region.tasks[taskArn] = record
  if (of.tags && of.tags.length > 0) context.region.tags[taskArn] = copyOf(of.tags)
  schedule(record, context.now)
  return record
}

/** The task as an answer shows it; its tags only where they were asked for. */
export function shownTask(region: Region, { task }: TaskRecord, include: readonly string[]): Wire<Task> {
  return include.includes('TAGS') ? { ...task, tags: tagsOf(region, task.taskArn) } : task
}

/** Begins to stop a task: desiredStatus STOPPED at once, lastStatus STOPPED in its own time. Does nothing to one that stops already. */
export function stopTask(context: Context, record: TaskRecord, why: StopReason): void {
  const { task, life } = record
  if (task.desiredStatus === 'STOPPED') return
  const draining = life.registered && ['ACTIVATING', 'RUNNING'].includes(task.lastStatus)
  change(task, {
    stopCode: why.stopCode,
    stoppedReason: why.stoppedReason,
    desiredStatus: 'STOPPED',
    lastStatus: draining ? 'DEACTIVATING' : 'STOPPING',
    stoppingAt: context.now / 1000,
    version: task.version + 1,
  })
  // With its essential container gone there are no connections left to wait for.
  const isGone = why.stopCode === 'EssentialContainerExited'
  life.steps = stoppingSteps({
    draining,
    drainingTime: isGone ? undefined : drainingTime(context.region, record),
    hasRegistry: record.serviceRegistries !== undefined,
    awsvpc: task.attachments.length > 0,
    timeToStop: timeToStop(
      life,
      task.containers.filter(({ lastStatus }) => lastStatus === 'RUNNING'),
    ),
  })
  schedule(record, context.now)
}

/** The same for a task whose container instance is gone: nobody tells how its containers ended. */
export function loseTask(context: Context, record: TaskRecord, why: StopReason): void {
  if (record.task.lastStatus === 'STOPPED') return
  stopTask(context, record, why)
  record.life.steps = lostSteps()
  schedule(record, context.now)
}

/**
 * Performs what is due in the task's life at `context.now`, which is to be its `nextAt`, and sets `nextAt` for what
 * comes after. All that happens at one moment happens at once, so that nobody sees the half of it.
 */
export function advanceTask(context: Context, record: TaskRecord): void {
  let stop: StopReason | undefined
  for (const step of takeDue(record.life)) {
    // What ends at the same moment as the container that takes the task down still ends by itself; nothing else begins.
    if (stop && step.do !== 'exit' && step.do !== 'cannotPull') continue
    const ends = performStep(context, record, step)
    stop ??= ends
  }
  record.task.version += 1
  schedule(record, context.now)
  if (stop) stopTask(context, record, stop)
}

/** Takes the first step and those that come without delay after it. */
function takeDue(life: TaskLife): TaskStep[] {
  const later = life.steps.findIndex(({ after }, index) => index > 0 && after > 0)
  return life.steps.splice(0, later === -1 ? life.steps.length : later)
}

function schedule(record: TaskRecord, now: number): void {
  const next = record.life.steps[0]
  if (next) record.nextAt = now + next.after
  else delete record.nextAt
}
