import { type DueQueue, dueQueue } from './dueQueue.ts'
import { idsOf } from './ids.ts'
import type { Context, Ids } from './operation.ts'
import { wake } from './serviceCounts.ts'
import { passService } from './servicePass.ts'
import { advanceTask } from './task.ts'
import type { Region, ServiceRecord, TaskRecord, World } from './world.ts'

/** Told after every look of the scheduler at a service. */
export type Observer = (context: Context, record: ServiceRecord) => void

/**
 * Brings the world up to `now` (epoch milliseconds): performs everything that is due until then, each thing at its own
 * moment, so that one big step makes the same history as many small ones. A `now` that has been already does nothing.
 */
export function advance(world: World, now: number, observe?: Observer): void {
  const run = newRun(idsOf(world), observe)
  for (const region of Object.values(world.regions)) {
    for (const task of Object.values(region.tasks)) run.task(region, task)
    for (const service of Object.values(region.services)) run.service(region, service)
  }
  run.until(now)
  world.now = Math.max(world.now, now)
}

/** Brings one service and its tasks from wherever they are up to `now`, and nothing else. */
export function advanceService(context: Context, record: ServiceRecord, now: number): void {
  const run = newRun(context.ids)
  run.service(context.region, record)
  run.until(now)
}

function newRun(ids: Ids, observe?: Observer) {
  const queue = dueQueue()
  const queued = new Map<TaskRecord | ServiceRecord, number>()

  const put = (record: TaskRecord | ServiceRecord, due: Omit<Parameters<DueQueue['push']>[0], 'at'>): void => {
    const at = record.nextAt
    if (at === undefined || queued.get(record) === at) return
    queued.set(record, at)
    queue.push({ ...due, at })
  }
  const task = (region: Region, record: TaskRecord): void => put(record, { region, arn: record.task.taskArn, task: record })
  const service = (region: Region, record: ServiceRecord): void =>
    put(record, { region, arn: record.service.serviceArn, service: record })

  const moveTask = (context: Context, record: TaskRecord): void => {
    const { region, now } = context
    advanceTask(context, record)
    task(region, record)
    const owner = record.service === undefined ? undefined : region.services[`${record.cluster}/${record.service}`]
    if (!owner || owner.service.status === 'INACTIVE') return
    wake(owner, now)
    service(region, owner)
  }
  const moveService = (context: Context, record: ServiceRecord): void => {
    const { region } = context
    const before = [...record.tasks]
    passService(context, record)
    for (const arn of new Set([...before, ...record.tasks])) if (region.tasks[arn]) task(region, region.tasks[arn])
    service(region, record)
    observe?.(context, record)
  }
  const until = (moment: number): void => {
    for (let due = queue.takeUntil(moment); due; due = queue.takeUntil(moment)) {
      const record = due.task ?? due.service!
      // What has been put off or taken forward since stands elsewhere in the queue.
      if (record.nextAt !== due.at) continue
      queued.delete(record)
      const context = { region: due.region, now: due.at, ids }
      if (due.task) moveTask(context, due.task)
      else moveService(context, due.service!)
    }
  }
  return { task, service, until }
}
