// Deletes a group with all of its schedules, which takes AWS a while.
// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_DeleteScheduleGroup.html
import type { DeleteScheduleGroupInput } from '@aws-sdk/client-scheduler'
import type { Nothing, Operation } from '../../world/operation.ts'
import { findGroup } from '../group.ts'
import { invalid } from '../invalid.ts'

export const deleteScheduleGroup: Operation<DeleteScheduleGroupInput, Nothing> = ({ Name }, { region }): Nothing => {
  const { Arn } = findGroup(region, Name)
  if (Name === 'default') throw invalid('The default schedule group cannot be deleted.')
  for (const [key, { schedule }] of Object.entries(region.schedules)) {
    if (schedule.GroupName === Name) delete region.schedules[key]
  }
  delete region.scheduleGroups[Name]
  delete region.tags[Arn]
  return {}
}
