// Creates a group of schedules.
// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateScheduleGroup.html
import type { CreateScheduleGroupInput, CreateScheduleGroupOutput } from '@aws-sdk/client-scheduler'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { groupOf, groupsOf } from '../group.ts'
import { checkName } from '../invalid.ts'

export const createScheduleGroup: Operation<CreateScheduleGroupInput, CreateScheduleGroupOutput> = (
  { Name, Tags },
  { region, now },
): Wire<CreateScheduleGroupOutput> => {
  checkName('name', Name)
  if (groupsOf(region).some((each) => each.Name === Name)) {
    throw new AwsFault('ConflictException', `Schedule group ${Name} already exists.`, 409)
  }
  const made = groupOf(region, Name, now)
  region.scheduleGroups[Name] = made
  if (Tags) region.tags[made.Arn] = Tags
  return { ScheduleGroupArn: made.Arn }
}
