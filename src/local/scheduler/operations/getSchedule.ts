// Returns a schedule.
// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_GetSchedule.html
import type { GetScheduleInput, GetScheduleOutput } from '@aws-sdk/client-scheduler'
import type { Operation, Wire } from '../../world/operation.ts'
import { findSchedule } from '../schedule.ts'

// In a record AWS's enumerations are texts and lists are read-only: it may mention no client that is not installed.
export const getSchedule: Operation<GetScheduleInput, GetScheduleOutput> = (
  { Name, GroupName },
  { region },
): Wire<GetScheduleOutput> => findSchedule(region, Name, GroupName).schedule as Wire<GetScheduleOutput>
