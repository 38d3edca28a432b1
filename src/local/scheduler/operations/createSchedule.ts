// Creates a schedule. Without a StartDate a rate is due for the first time at once.
// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html
import type { CreateScheduleInput, CreateScheduleOutput } from '@aws-sdk/client-scheduler'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { own } from '../../world/own.ts'
import type { ScheduleRecord } from '../../world/world.ts'
import { checkGroup } from '../group.ts'
import { checkScheduleInput } from '../scheduleRules.ts'
import { plan, scheduleKey, scheduleOf } from '../schedule.ts'

export const createSchedule: Operation<CreateScheduleInput, CreateScheduleOutput> = (
  input,
  context,
): Wire<CreateScheduleOutput> => {
  const { region, now } = context
  checkScheduleInput(context, input)
  checkGroup(region, input.GroupName)
  const key = scheduleKey(input.Name, input.GroupName)
  if (own(region.schedules, key)) {
    throw new AwsFault('ConflictException', `Schedule ${input.Name} already exists.`, 409)
  }
  const record: ScheduleRecord = { schedule: scheduleOf(context, input, now / 1000) }
  region.schedules[key] = record
  plan(record, now - 1)
  return { ScheduleArn: record.schedule.Arn }
}
