// Deletes a schedule.
// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_DeleteSchedule.html
import type { DeleteScheduleInput } from '@aws-sdk/client-scheduler'
import type { Nothing, Operation } from '../../world/operation.ts'
import { findSchedule, scheduleKey } from '../schedule.ts'

export const deleteSchedule: Operation<DeleteScheduleInput, Nothing> = ({ Name, GroupName }, { region }): Nothing => {
  findSchedule(region, Name, GroupName)
  delete region.schedules[scheduleKey(Name, GroupName)]
  return {}
}
