// Lists schedules by group and name, of one group or of all.
// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_ListSchedules.html
import type { ListSchedulesInput, ListSchedulesOutput, ScheduleSummary } from '@aws-sdk/client-scheduler'
import type { Operation, Wire } from '../../world/operation.ts'
import { checkGroup } from '../group.ts'
import { checkOneOf, pageOf } from '../invalid.ts'

export const listSchedules: Operation<ListSchedulesInput, ListSchedulesOutput> = (
  input,
  { region },
): Wire<ListSchedulesOutput> => {
  const { GroupName, NamePrefix = '', State } = input
  checkOneOf('state', State, ['ENABLED', 'DISABLED'])
  checkGroup(region, GroupName)
  const keys = Object.keys(region.schedules).toSorted()
  const found = keys
    .flatMap((key) => region.schedules[key]?.schedule ?? [])
    .filter((schedule) => GroupName === undefined || schedule.GroupName === GroupName)
    .filter((schedule) => schedule.Name.startsWith(NamePrefix) && (State === undefined || schedule.State === State))
  const { items, nextToken } = pageOf(found, input)
  const Schedules = items.map((each): Wire<ScheduleSummary> => ({
    Arn: each.Arn,
    CreationDate: each.CreationDate,
    GroupName: each.GroupName,
    LastModificationDate: each.LastModificationDate,
    Name: each.Name,
    State: each.State,
    Target: { Arn: each.Target.Arn },
  }))
  return { Schedules, NextToken: nextToken }
}
