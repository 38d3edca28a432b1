// A schedule whose time has come.
import type { Context } from '../world/operation.ts'
import type { ScheduleRecord } from '../world/world.ts'
import { plan, scheduleKey } from './schedule.ts'
import { invoke } from './target.ts'

/**
 * Invokes the target of a schedule that is due and plans the next time; after the last one a schedule that is to be
 * deleted is. Answers the ARNs of the tasks that it started.
 */
export function fire(context: Context, record: ScheduleRecord): string[] {
  const { Name, GroupName, ActionAfterCompletion } = record.schedule
  const tasks = invoke(context, record.schedule)
  plan(record, context.now)
  if (record.nextAt === undefined && ActionAfterCompletion === 'DELETE') {
    delete context.region.schedules[scheduleKey(Name, GroupName)]
  }
  return tasks
}
