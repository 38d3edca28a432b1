// A schedule: how it is found, made of an input, and when it is due.
import { AwsFault } from '../world/fault.ts'
import type { Context } from '../world/operation.ts'
import { own } from '../world/own.ts'
import type { Loosely } from '../world/wire.ts'
import type { Region, Schedule, ScheduleRecord, ScheduleTarget } from '../world/world.ts'
import { nextOf } from './expression.ts'
import { checkGroup } from './group.ts'
import { invalid } from './invalid.ts'
import { timeZone } from './timeZone.ts'

/** What CreateSchedule and UpdateSchedule may say of a schedule, and what they must. */
export type ScheduleInput = Pick<Schedule, 'Name' | 'ScheduleExpression' | 'FlexibleTimeWindow'> &
  Loosely<Omit<Schedule, 'Arn' | 'CreationDate' | 'LastModificationDate' | 'Target'>> & {
    readonly Target: Pick<ScheduleTarget, 'Arn' | 'RoleArn'> & Loosely<ScheduleTarget>
  }

export const scheduleKey = (name: string, group = 'default'): string => `${group}/${name}`

/** The schedule of that name in that group, `default` unless named; throws ResourceNotFoundException. */
export function findSchedule(region: Region, name: string, group?: string): ScheduleRecord {
  checkGroup(region, group)
  const found = own(region.schedules, scheduleKey(name, group))
  if (!found) throw new AwsFault('ResourceNotFoundException', `Schedule ${name} does not exist.`, 404)
  return found
}

/** The schedule that an input describes: what it leaves out is AWS's default, also where the schedule was there before. */
export function scheduleOf({ region, now }: Context, input: ScheduleInput, CreationDate: number): Schedule {
  const { Name, GroupName = 'default', Target } = input
  const RetryPolicy = { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185, ...Target.RetryPolicy }
  const EcsParameters = Target.EcsParameters && { TaskCount: 1, ...Target.EcsParameters }
  return {
    Arn: `arn:aws:scheduler:${region.name}:${region.account}:schedule/${GroupName}/${Name}`,
    GroupName,
    Name,
    ScheduleExpression: input.ScheduleExpression,
    ScheduleExpressionTimezone: input.ScheduleExpressionTimezone ?? 'UTC',
    StartDate: input.StartDate,
    EndDate: input.EndDate,
    Description: input.Description,
    State: input.State ?? 'ENABLED',
    KmsKeyArn: input.KmsKeyArn,
    Target: { ...Target, RetryPolicy, ...(EcsParameters && { EcsParameters }) },
    FlexibleTimeWindow: input.FlexibleTimeWindow,
    ActionAfterCompletion: input.ActionAfterCompletion ?? 'NONE',
    CreationDate,
    LastModificationDate: now / 1000,
  }
}

/** Sets when a schedule is due first after that moment; in a flexible window it is due at once. */
export function plan(record: ScheduleRecord, after: number): void {
  const { schedule } = record
  const next = schedule.State === 'ENABLED' ? nextAfter(schedule, after) : undefined
  if (next === undefined) delete record.nextAt
  else record.nextAt = next
}

function nextAfter(schedule: Schedule, after: number): number | undefined {
  const { ScheduleExpression, ScheduleExpressionTimezone, StartDate, EndDate = Infinity, CreationDate } = schedule
  // One-time schedules ignore both dates.
  const isOnce = ScheduleExpression.startsWith('at(')
  const start = isOnce ? -Infinity : (StartDate ?? CreationDate) * 1000
  const next = nextOf(
    ScheduleExpression,
    ScheduleExpressionTimezone,
    start,
  )?.(isOnce ? after : Math.max(after, start - 1))
  return next === undefined || (!isOnce && next > EndDate * 1000) ? undefined : next
}

/** Refuses when a schedule is due, where AWS would. */
export function checkTimes({
  ScheduleExpression,
  ScheduleExpressionTimezone = 'UTC',
  StartDate,
  EndDate,
  ...input
}: ScheduleInput): void {
  if (!timeZone(ScheduleExpressionTimezone)) {
    throw invalid(`Invalid Schedule Expression Timezone ${ScheduleExpressionTimezone}.`)
  }
  if (!nextOf(ScheduleExpression, ScheduleExpressionTimezone, 0)) {
    throw invalid(`Invalid Schedule Expression ${ScheduleExpression}.`)
  }
  if (StartDate !== undefined && EndDate !== undefined && StartDate >= EndDate) {
    throw invalid('The StartDate you specify must come before the EndDate.')
  }
  const { Mode, MaximumWindowInMinutes } = input.FlexibleTimeWindow
  if ((Mode === 'FLEXIBLE') !== (MaximumWindowInMinutes !== undefined)) {
    throw invalid('MaximumWindowInMinutes must be specified if Mode is FLEXIBLE, and only then.')
  }
}
