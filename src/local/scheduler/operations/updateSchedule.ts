// Replaces a schedule whole: members left out get their defaults. It goes on in its own rhythm.
// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_UpdateSchedule.html
import type { UpdateScheduleInput, UpdateScheduleOutput } from '@aws-sdk/client-scheduler'
import type { Operation, Wire } from '../../world/operation.ts'
import type { ScheduleRecord } from '../../world/world.ts'
import { checkScheduleInput } from '../scheduleRules.ts'
import { findSchedule, plan, scheduleKey, scheduleOf } from '../schedule.ts'

export const updateSchedule: Operation<UpdateScheduleInput, UpdateScheduleOutput> = (
  input,
  context,
): Wire<UpdateScheduleOutput> => {
  const { region, now } = context
  checkScheduleInput(context, input)
  const { schedule } = findSchedule(region, input.Name, input.GroupName)
  const record: ScheduleRecord = { schedule: scheduleOf(context, input, schedule.CreationDate) }
  region.schedules[scheduleKey(input.Name, input.GroupName)] = record
  plan(record, now)
  return { ScheduleArn: record.schedule.Arn }
}
