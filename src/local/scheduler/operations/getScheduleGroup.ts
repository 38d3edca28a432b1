// Returns a group of schedules.
// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_GetScheduleGroup.html
import type { GetScheduleGroupInput, GetScheduleGroupOutput } from '@aws-sdk/client-scheduler'
import type { Operation, Wire } from '../../world/operation.ts'
import { findGroup } from '../group.ts'

export const getScheduleGroup: Operation<GetScheduleGroupInput, GetScheduleGroupOutput> = (
  { Name },
  { region },
): Wire<GetScheduleGroupOutput> => ({
  ...findGroup(region, Name),
  State: 'ACTIVE',
})
