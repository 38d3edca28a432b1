// The scaling activities of a group: begun, finished, failed.
import type { Context } from '../world/operation.ts'
import type { AutoScalingGroupRecord, ScalingActivity } from '../world/world.ts'

/** AWS shows activities of the last six weeks. */
const shownFor = 6 * 7 * 24 * 3_600_000

/** A moment as AWS writes it in causes: `2026-01-01T00:00:00Z`. */
export const secondOf = (now: number): string => new Date(now).toISOString().replace(/\.\d+Z$/, 'Z')

/** Where an instance is, as far as that is known. */
interface InstancePlace {
  readonly SubnetId?: string | undefined
  readonly AvailabilityZone?: string | undefined
}

/** Begins a scaling activity about an instance; answers it as it is shown. */
export function beginActivity(
  context: Context,
  record: AutoScalingGroupRecord,
  of: { Description: string; Cause: string; instance: InstancePlace & { readonly InstanceId: string } },
): ScalingActivity {
  const activity = newActivity(context, record, of)
  record.activities.push({ activity, instanceId: of.instance.InstanceId })
  return activity
}

/** Ends whatever is in progress about an instance. */
export function finishActivities({ now }: Context, record: AutoScalingGroupRecord, instanceId: string): void {
  for (const each of record.activities) {
    if (each.instanceId !== instanceId || each.activity.StatusCode !== 'InProgress') continue
    Object.assign(each.activity, { StatusCode: 'Successful', Progress: 100, EndTime: now / 1000 })
  }
}

/** Records a launch that failed, or a scale-in that was not possible: it has ended as it began. */
export function recordFailure(
  context: Context,
  record: AutoScalingGroupRecord,
  of: {
    Description: string
    Cause: string
    StatusCode: 'Failed' | 'Cancelled'
    StatusMessage: string
    place?: InstancePlace
  },
): void {
  const { place = {}, StatusCode, StatusMessage, ...told } = of
  const activity = newActivity(context, record, { ...told, instance: place })
  const EndTime = context.now / 1000
  record.activities.push({ activity: { ...activity, StatusCode, StatusMessage, Progress: 100, EndTime } })
}

function newActivity(
  { ids, now }: Context,
  record: AutoScalingGroupRecord,
  { Description, Cause, instance }: { Description: string; Cause: string; instance: InstancePlace },
): ScalingActivity {
  const { AutoScalingGroupName, AutoScalingGroupARN } = record.group
  const past = record.activities.findIndex(({ activity }) => activity.StartTime * 1000 > now - shownFor)
  record.activities.splice(0, Math.max(past, 0))
  return {
    ActivityId: ids.uuid(),
    AutoScalingGroupName,
    AutoScalingGroupARN,
    Description,
    Cause,
    StartTime: now / 1000,
    StatusCode: 'InProgress',
    Progress: 50,
    Details: JSON.stringify({ 'Subnet ID': instance.SubnetId, 'Availability Zone': instance.AvailabilityZone }),
  }
}

/** Whether something is in progress in a group. */
export const isBusy = ({ activities }: AutoScalingGroupRecord): boolean =>
  activities.some(({ activity }) => activity.StatusCode === 'InProgress')
