// Everything that is refused of a schedule.
import type { Context } from '../world/operation.ts'
import { checkName, checkOneOf, invalid } from './invalid.ts'
import { checkTimes } from './schedule.ts'
import type { ScheduleInput } from './schedule.ts'
import { checkTarget } from './target.ts'

export function checkScheduleInput(context: Context, input: ScheduleInput): void {
  checkName('name', input.Name)
  if (input.GroupName !== undefined) checkName('groupName', input.GroupName)
  checkOneOf('state', input.State, ['ENABLED', 'DISABLED'])
  checkOneOf('actionAfterCompletion', input.ActionAfterCompletion, ['NONE', 'DELETE'])
  checkOneOf('flexibleTimeWindow.mode', input.FlexibleTimeWindow.Mode, ['OFF', 'FLEXIBLE'])
  if ((input.Description ?? '').length > 512) throw invalid('Description has at most 512 characters.')
  checkTimes(input)
  checkTarget(context, input)
}
