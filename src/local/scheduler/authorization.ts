// What EventBridge Scheduler asks of a caller's policies.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridgescheduler.html
import type * as scheduler from '@aws-sdk/client-scheduler'
import { type Authorization, type Authorizations, onEach, passing } from '../world/authorization.ts'

type Named = { Name: string; GroupName?: string }

const ofSchedule: Authorization<Named> = ({ Name, GroupName = 'default' }, { region }) =>
  onEach([`arn:aws:scheduler:${region.name}:${region.account}:schedule/${GroupName}/${Name}`])

const ofGroup: Authorization<{ Name: string }> = ({ Name }, { region }) =>
  onEach([`arn:aws:scheduler:${region.name}:${region.account}:schedule-group/${Name}`])

const ofResource: Authorization<{ ResourceArn: string }> = ({ ResourceArn }) => onEach([ResourceArn])

/** The caller hands over the role of the target. */
const writing: Authorization<scheduler.UpdateScheduleInput> = ({ Name, GroupName, Target }, context) => [
  ...ofSchedule({ Name, ...(GroupName !== undefined && { GroupName }) }, context),
  ...passing([Target.RoleArn], 'scheduler.amazonaws.com', context),
]

export const schedulerAuthorizations: Authorizations = {
  createSchedule: writing,
  createScheduleGroup: ofGroup,
  deleteSchedule: ofSchedule,
  deleteScheduleGroup: ofGroup,
  getSchedule: ofSchedule,
  getScheduleGroup: ofGroup,
  listTagsForResource: ofResource,
  tagResource: ofResource,
  untagResource: ofResource,
  updateSchedule: writing,
}
