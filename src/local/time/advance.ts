// Everything that happens by itself, each thing at its own moment.
import { fire as fireAction } from '../applicationautoscaling/scheduledAction.ts'
import { forgetTargets } from '../applicationautoscaling/scalableTarget.ts'
import { passGroup } from '../autoscaling/pass.ts'
import { advanceInstance } from '../ec2/instance.ts'
import { servicesForRoom } from '../ecs/cluster.ts'
import { passService } from '../ecs/rollout/passService.ts'
import { advanceTask } from '../ecs/tasks/task.ts'
import { fire } from '../scheduler/fire.ts'
import { advanceOperation } from '../servicediscovery/operation.ts'
import { nameOf } from '../world/arn.ts'
import { idsOf } from '../world/ids.ts'
import type { Context, Ids } from '../world/operation.ts'
import { own } from '../world/own.ts'
import { wake } from '../world/wake.ts'
import type {
  AutoScalingGroupRecord,
  CloudMapOperationRecord,
  Global,
  InstanceRecord,
  Region,
  ScheduledActionRecord,
  ScheduleRecord,
  ServiceRecord,
  TaskRecord,
  World,
} from '../world/world.ts'
import { dueQueue } from './dueQueue.ts'

/** Told after every look of the scheduler at a service. */
export type Observer = (context: Context, record: ServiceRecord) => void

// Records have no prototype, so `for in` finds their own members alone; in what is looked at before every call it takes a third of
// the time that Object.values() does.

/**
 * Brings the world up to `now` (epoch milliseconds): performs everything that is due until then, each thing at its own
 * moment, so that one big step makes the same history as many small ones. A `now` that has been already does nothing.
 */
export function advance(world: World, now: number, observe?: Observer): void {
  const run = runUntil(now, idsOf(world), world.global, observe)
  for (const region of Object.values(world.regions)) {
    const { instances, autoScalingGroups, cloudMapOperations, schedules, scheduledActions } = region
    run.addTasksAndServices(region)
    for (const id in instances) run.addInstance(region, instances[id]!)
    for (const name in autoScalingGroups) run.addGroup(region, autoScalingGroups[name]!)
    for (const id in cloudMapOperations) run.addOperation(region, cloudMapOperations[id]!)
    for (const name in schedules) run.addSchedule(region, schedules[name]!)
    for (const arn in scheduledActions) run.addAction(region, scheduledActions[arn]!)
  }
  run.perform()
  world.now = Math.max(world.now, now)
}

/** Brings one service and its tasks from wherever they are up to `now`, and nothing else. */
export function advanceService(context: Context, record: ServiceRecord, now: number): void {
  const run = runUntil(now, context.ids, context.global)
  run.addService(context.region, record)
  run.perform()
}

/** A run over the queue of what is due until `end`; what it performs puts what follows into the queue. */
function runUntil(end: number, ids: Ids, global: Global, observe?: Observer) {
  const queue = dueQueue()

  const addTask = (region: Region, task: TaskRecord): void => {
    if (isDue(task, end)) queue.push({ at: task.nextAt, region, arn: task.task.taskArn, task })
  }
  const addService = (region: Region, service: ServiceRecord): void => {
    if (isDue(service, end)) queue.push({ at: service.nextAt, region, arn: service.service.serviceArn, service })
  }

  const addOperation = (region: Region, operation: CloudMapOperationRecord): void => {
    if (isDue(operation, end)) queue.push({ at: operation.nextAt, region, arn: operation.operation.Id, operation })
  }

  const addSchedule = (region: Region, schedule: ScheduleRecord): void => {
    if (isDue(schedule, end)) queue.push({ at: schedule.nextAt, region, arn: schedule.schedule.Arn, schedule })
  }

  const addAction = (region: Region, action: ScheduledActionRecord): void => {
    if (isDue(action, end)) queue.push({ at: action.nextAt, region, arn: action.ScheduledActionARN, action })
  }

  const addTasksAndServices = (region: Region): void => {
    const { tasks, services } = region
    for (const arn in tasks) addTask(region, tasks[arn]!)
    for (const name in services) addService(region, services[name]!)
  }
  const addInstance = (region: Region, instance: InstanceRecord): void => {
    const arn: string = instance.instance.InstanceId
    if (isDue(instance, end)) queue.push({ at: instance.nextAt, region, arn, instance })
  }
  const addGroup = (region: Region, group: AutoScalingGroupRecord): void => {
    const arn: string = group.group.AutoScalingGroupARN
    if (isDue(group, end)) queue.push({ at: group.nextAt, region, arn, group })
  }

  const moveInstance = (context: Context, record: InstanceRecord): void => {
    const { region, now } = context
    advanceInstance(context, record)
    addInstance(region, record)
    // Its container instance may have come or gone, and with it the tasks on it and the room for others.
    addTasksAndServices(region)
    const group = own(region.autoScalingGroups, record.autoScalingGroup ?? '')
    if (!group) return
    group.nextAt = now
    addGroup(region, group)
  }
  const moveGroup = (context: Context, record: AutoScalingGroupRecord): void => {
    const { region } = context
    passGroup(context, record)
    for (const instance of Object.values(region.instances)) addInstance(region, instance)
    addGroup(region, record)
  }
  const moveTask = (context: Context, record: TaskRecord): void => {
    const { region, now } = context
    advanceTask(context, record)
    addTask(region, record)
    if (record.reserved && record.task.lastStatus === 'STOPPED') {
      for (const waiting of servicesForRoom(region, record.cluster)) {
        wake(waiting, now)
        addService(region, waiting)
      }
    }
    const owner = record.service === undefined ? undefined : region.services[`${record.cluster}/${record.service}`]
    if (!owner) return
    wake(owner, now)
    addService(region, owner)
  }
  const moveService = (context: Context, record: ServiceRecord): void => {
    const { region } = context
    const before = new Map(record.tasks.map((arn) => [arn, region.tasks[arn]?.nextAt]))
    const { service } = record
    const wasThere = service.status !== 'INACTIVE'
    passService(context, record)
    if (wasThere && service.status === 'INACTIVE') {
      forgetTargets(region, `${nameOf(service.clusterArn)}/${service.serviceName}`)
    }
    // Those that it has started or stopped have something else to do now than when they were put into the queue.
    for (const arn of new Set([...record.tasks, ...record.stopping])) {
      const task = region.tasks[arn]
      if (task && task.nextAt !== before.get(arn)) addTask(region, task)
    }
    addService(region, record)
    observe?.(context, record)
  }
  const moveOperation = (context: Context, record: CloudMapOperationRecord): void => {
    advanceOperation(context, record)
    if (context.region.cloudMapOperations[record.operation.Id]) addOperation(context.region, record)
  }
  const moveSchedule = (context: Context, record: ScheduleRecord): void => {
    const { region } = context
    for (const arn of fire(context, record)) {
      const task = region.tasks[arn]
      if (task) addTask(region, task)
    }
    addSchedule(region, record)
  }
  const moveAction = (context: Context, record: ScheduledActionRecord): void => {
    fireAction(context, record)
    const scaled = own(context.region.services, record.ResourceId.slice('service/'.length))
    if (scaled) addService(context.region, scaled)
    addAction(context.region, record)
  }
  const perform = (): void => {
    for (let due = queue.take(); due; due = queue.take()) {
      const { at, region, task, instance, group, service, operation, schedule, action } = due
      // What has been put off since, or done already, stands elsewhere in the queue.
      if ((task ?? instance ?? group ?? service ?? operation ?? schedule ?? action)?.nextAt !== at) continue
      const context = { region, global, now: at, ids }
      if (task) moveTask(context, task)
      else if (instance) moveInstance(context, instance)
      else if (group) moveGroup(context, group)
      else if (service) moveService(context, service)
      else if (operation) moveOperation(context, operation)
      else if (schedule) moveSchedule(context, schedule)
      else if (action) moveAction(context, action)
    }
  }
  return { addService, addTasksAndServices, addInstance, addGroup, addOperation, addSchedule, addAction, perform }
}

const isDue = (record: { nextAt?: number }, end: number): record is { nextAt: number } =>
  record.nextAt !== undefined && record.nextAt <= end
