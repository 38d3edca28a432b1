// A single task of arbitrary containers, watched over its life.
import { idsOf } from '../../../../src/local/world/ids.ts'
import type { Unchecked } from '../../../../src/local/world/operation.ts'
import { failureOf, healthyAt as healthyAtOf } from '../../../../src/local/ecs/tasks/health.ts'
import type { ShownTaskDefinition } from '../../../../src/local/ecs/shown/records.ts'
import type { StopReason } from '../../../../src/local/ecs/tasks/performStep.ts'
import { advanceTask, startTask, stopTask } from '../../../../src/local/ecs/tasks/task.ts'
import { makeLogGroup } from '../../../../src/local/logs/logGroup.ts'
import { emptyRegion, emptyWorld, type Region, type TaskRecord } from '../../../../src/local/world/world.ts'

export interface LiveTask {
  readonly region: Region
  readonly record: TaskRecord
  readonly task: Unchecked
  /** Epoch milliseconds. */
  readonly now: number
  /** The container of that name; the first one without a name. */
  container(name?: string): Unchecked
  /** Lets everything happen up to so many milliseconds after the task's start. */
  until(milliseconds: number): Unchecked
  /** Performs the next thing of the task's life; answers whether there was one. */
  next(): boolean
  stop(why?: StopReason): void
  /** Continues with the state saved as text and loaded again. */
  saveAndRead(): void
  /** Milliseconds after the start, of a time in epoch seconds. */
  sinceStart(seconds: number): number
}

/** The only log group of the task's world. */
export const logGroup = '/app'

/** The moment at which every task here starts, in epoch milliseconds. */
export const start = Date.UTC(2026, 0, 1)

/** A task of containers alone in its world, whose clock is turned by hand. */
export function liveTask(
  containerDefinitions: Unchecked[],
  of: Partial<Parameters<typeof startTask>[1]> = {},
  revision: Unchecked = {},
  at = start,
): LiveTask {
  const world = emptyWorld(start)
  const context = { global: world.global, ids: idsOf(world) }
  const taskDefinition = {
    taskDefinitionArn: `arn:aws:ecs:eu-west-1:${world.account}:task-definition/web:1`,
    family: 'web',
    containerDefinitions,
    ...revision,
    // As much of one as the life of a task depends on.
  } as ShownTaskDefinition
  let region = emptyRegion('eu-west-1', world.account)
  makeLogGroup({ ...context, region, now: at }, logGroup)
  let now = at
  let record = startTask({ ...context, region, now }, { cluster: 'main', taskDefinition, group: 'family:web', ...of })
  const live: LiveTask = {
    get region() {
      return region
    },
    get record() {
      return record
    },
    get task() {
      return record.task
    },
    get now() {
      return now
    },
    container: (name = containerDefinitions[0]!.name) => record.task.containers.find((each) => each.name === name)!,
    until(milliseconds) {
      while ((record.nextAt ?? Infinity) <= start + milliseconds) live.next()
      now = start + milliseconds
      return record.task
    },
    next() {
      if (record.nextAt === undefined) return false
      now = record.nextAt
      advanceTask({ ...context, region, now }, record)
      return true
    },
    stop: (why: StopReason = { stopCode: 'UserInitiated', stoppedReason: 'enough' }) =>
      stopTask({ ...context, region, now }, record, why),
    saveAndRead() {
      ;({ region, record } = JSON.parse(JSON.stringify({ region, record })))
      if (region.tasks[record.task.taskArn]) region.tasks[record.task.taskArn] = record
    },
    sinceStart: (seconds) => Math.round(seconds * 1000) - start,
  }
  return live
}

/** A container named web of the image app, and one named log beside it; the tag says what it does. */
export const container = (tag: string, more: Unchecked = {}): Unchecked => ({
  name: 'web',
  image: `app:${tag}`,
  ...more,
})
export const sidecar = (tag: string, more: Unchecked = {}): Unchecked => ({
  name: 'log',
  image: `logger:${tag}`,
  ...more,
})

/** The override that gives the container web another command. */
export const command = (...words: string[]): Unchecked => ({ containerOverrides: [{ name: 'web', command: words }] })

export const awsvpc = { networkMode: 'awsvpc' }
export const service = { service: 'web' }

/** Every lastStatus the task goes through, each with the milliseconds after the start at which it comes. */
export function statuses(live: LiveTask): [number, string][] {
  const seen: [number, string][] = [[0, live.task.lastStatus]]
  while (live.next() && live.region.tasks[live.task.taskArn]) {
    if (live.task.lastStatus !== seen.at(-1)![1]) seen.push([live.now - start, live.task.lastStatus])
  }
  return seen
}

/** When the task is healthy if nothing happens, in epoch milliseconds. */
export const healthyAt = ({ region, record }: LiveTask): number | undefined => healthyAtOf(region, record)

export const isHealthy = (live: LiveTask, now = live.now): boolean => (healthyAt(live) ?? Infinity) <= now

export const failsHealthChecks = ({ region, record, now }: LiveTask): boolean =>
  failureOf({ region, now }, { healthCheckGracePeriodSeconds: 0 }, record) !== undefined
