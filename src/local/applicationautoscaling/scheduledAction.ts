// When a scheduled action is due, and what it then does.
import { nextOf } from '../scheduler/expression.ts'
import type { Context } from '../world/operation.ts'
import { own } from '../world/own.ts'
import type { ScheduledActionRecord } from '../world/world.ts'
import { keepInRange } from './capacity.ts'
import { invalid, keyOf } from './scalableTarget.ts'

/** Sets when an action is due first after that moment. Without a start, a rate counts from its creation. */
export function plan(record: ScheduledActionRecord, after: number): void {
  const { Schedule, Timezone = 'UTC', StartTime, EndTime = Infinity, CreationTime } = record
  const start = (StartTime ?? CreationTime) * 1000
  const next = nextOf(Schedule, Timezone, start)?.(Math.max(after, StartTime === undefined ? after : start - 1))
  if (next === undefined || next > EndTime * 1000) delete record.nextAt
  else record.nextAt = next
}

/** Refuses a schedule that is none, and a time zone that nobody has. */
export function checkSchedule(schedule: string, zone = 'UTC'): void {
  if (!nextOf(schedule, zone, 0)) throw invalid(`Schedule expression ${schedule} in ${zone} is not valid.`)
}

/**
 * Gives the scalable target of an action that is due its range, unless scheduled scaling is suspended; what is then due is not
 * made up for. https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-scheduled-scaling.html
 */
export function fire(context: Context, record: ScheduledActionRecord): void {
  plan(record, context.now)
  const target = own(context.region.scalableTargets, keyOf(record))
  if (!target || target.SuspendedState.ScheduledScalingSuspended) return
  const { MinCapacity = target.MinCapacity, MaxCapacity = target.MaxCapacity } = record.ScalableTargetAction ?? {}
  // Nobody gets a range that is none.
  if (MinCapacity > MaxCapacity) return
  Object.assign(target, { MinCapacity, MaxCapacity })
  keepInRange(context, target)
}
