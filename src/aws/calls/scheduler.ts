/** The calls to EventBridge Scheduler. */
import type * as scheduler from '@aws-sdk/client-scheduler'
import { type CallFacts, tableOf } from '../callFacts.ts'

/** What goes in and what comes out of each call to EventBridge Scheduler. */
export interface SchedulerCalls {
  getSchedule: [scheduler.GetScheduleCommandInput, scheduler.GetScheduleCommandOutput]
  listSchedules: [scheduler.ListSchedulesCommandInput, scheduler.ListSchedulesCommandOutput]
  updateSchedule: [scheduler.UpdateScheduleCommandInput, scheduler.UpdateScheduleCommandOutput]
}

const { read, write } = tableOf('scheduler')

export const schedulerCalls: Readonly<Record<keyof SchedulerCalls, CallFacts>> = {
  getSchedule: read('scheduler'),
  listSchedules: read('scheduler', {
    page: { items: 'Schedules', size: 'MaxResults', most: 100, token: 'NextToken' },
  }),
  updateSchedule: write('scheduler'),
}
