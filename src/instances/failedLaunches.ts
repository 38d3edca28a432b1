/** Launches of a group that have failed. AWS's times never decide which of them count: its clock is not ours. */
import type { Activity } from '@aws-sdk/client-auto-scaling'
import type { Aws } from '../aws/aws.ts'

/** The ids of the activities that a group shows by now: what is among them later was there before. */
export async function activityIds(aws: Aws, group: string, signal: AbortSignal): Promise<string[]> {
  const activities = await readActivities(aws, group, signal)
  return activities.map(({ ActivityId = '' }) => ActivityId)
}

/** Why launches failed that are not among the `known` activities, and how often. */
export async function failedLaunches(
  aws: Aws,
  of: { readonly group: string; readonly known: readonly string[] },
  signal: AbortSignal,
): Promise<{ why: string; times: number }[]> {
  const activities = await readActivities(aws, of.group, signal)
  const failed = activities.filter(
    ({ ActivityId = '', StatusCode }) => StatusCode === 'Failed' && !of.known.includes(ActivityId),
  )
  const reasons = [...new Set(failed.map(({ StatusMessage = 'without a reason' }) => StatusMessage))]
  return reasons.map((why) => ({ why, times: failed.filter(({ StatusMessage }) => StatusMessage === why).length }))
}

/** The newest activities; none without the permission to ask. */
async function readActivities(aws: Aws, group: string, signal: AbortSignal): Promise<Activity[]> {
  const { Activities = [] } = await aws
    .call('describeScalingActivities', { AutoScalingGroupName: group, MaxRecords: 20 }, signal)
    .catch((error: unknown) => {
      if (signal.aborted) throw error
      return { Activities: [] }
    })
  return Activities
}
