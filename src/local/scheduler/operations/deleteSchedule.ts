// Deletes a schedule.
// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_DeleteSchedule.html
import type { DeleteScheduleInput } from '@aws-sdk/client-scheduler'
import type { Operation } from '../../world/operation.ts'
import { findSchedule, scheduleKey } from '../schedule.ts'

export const deleteSchedule: Operation<DeleteScheduleInput> = ({ Name, GroupName }, { region }) => {
  findSchedule(region, Name, GroupName)
  delete region.schedules[scheduleKey(Name, GroupName)]
  return {}
}
