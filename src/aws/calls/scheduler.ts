/** The calls to EventBridge Scheduler. */
import type * as scheduler from '@aws-sdk/client-scheduler'
import { type CallFacts, tableOf } from '../callFacts.ts'

/** What goes in and what comes out of each call to EventBridge Scheduler. */
export interface SchedulerCalls {
  createSchedule: [scheduler.CreateScheduleCommandInput, scheduler.CreateScheduleCommandOutput]
  createScheduleGroup: [scheduler.CreateScheduleGroupCommandInput, scheduler.CreateScheduleGroupCommandOutput]
  deleteSchedule: [scheduler.DeleteScheduleCommandInput, scheduler.DeleteScheduleCommandOutput]
  deleteScheduleGroup: [scheduler.DeleteScheduleGroupCommandInput, scheduler.DeleteScheduleGroupCommandOutput]
  getSchedule: [scheduler.GetScheduleCommandInput, scheduler.GetScheduleCommandOutput]
  getScheduleGroup: [scheduler.GetScheduleGroupCommandInput, scheduler.GetScheduleGroupCommandOutput]
  listScheduleGroupTags: [scheduler.ListTagsForResourceCommandInput, scheduler.ListTagsForResourceCommandOutput]
  listSchedules: [scheduler.ListSchedulesCommandInput, scheduler.ListSchedulesCommandOutput]
  updateSchedule: [scheduler.UpdateScheduleCommandInput, scheduler.UpdateScheduleCommandOutput]
}

const { read, write } = tableOf('scheduler')

export const schedulerCalls: Readonly<Record<keyof SchedulerCalls, CallFacts>> = {
  createSchedule: write('scheduler'),
  createScheduleGroup: write('scheduler'),
  deleteSchedule: write('scheduler'),
  deleteScheduleGroup: write('scheduler'),
  getSchedule: read('scheduler'),
  getScheduleGroup: read('scheduler'),
  listScheduleGroupTags: read('scheduler', { operation: 'listTagsForResource' }),
  listSchedules: read('scheduler', {
    page: { items: 'Schedules', size: 'MaxResults', most: 100, token: 'NextToken' },
  }),
  updateSchedule: write('scheduler'),
}
