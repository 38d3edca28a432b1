// Lists the groups of schedules by name.
// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_ListScheduleGroups.html
import type { ListScheduleGroupsInput, ListScheduleGroupsOutput, ScheduleGroupSummary } from '@aws-sdk/client-scheduler'
import type { Operation, Wire } from '../../world/operation.ts'
import { groupsOf } from '../group.ts'
import { pageOf } from '../invalid.ts'

export const listScheduleGroups: Operation<ListScheduleGroupsInput, ListScheduleGroupsOutput> = (
  input,
  { region },
): Wire<ListScheduleGroupsOutput> => {
  const { NamePrefix = '' } = input
  const found = groupsOf(region).filter(({ Name }) => Name.startsWith(NamePrefix))
  const { items, nextToken } = pageOf(found, input)
  return {
    ScheduleGroups: items.map((each): Wire<ScheduleGroupSummary> => ({ ...each, State: 'ACTIVE' })),
    NextToken: nextToken,
  }
}
