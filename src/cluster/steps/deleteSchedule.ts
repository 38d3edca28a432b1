/** DeleteSchedule: EventBridge Scheduler starts a task no more. */
import type { Step, StepKind } from '../../engine/step.ts'
import { type StepHandler, sends } from '../../engine/stepHandler.ts'

export interface DeleteSchedule extends StepKind {
  readonly name: 'deleteSchedule'
  readonly method: 'deleteSchedule'
  readonly subject: 'schedule'
}

export function deleteSchedule(of: { readonly Name: string; readonly GroupName: string }): Step<DeleteSchedule> {
  const { Name: name, GroupName: group } = of
  return {
    kind: 'deleteSchedule',
    id: `deleteSchedule ${group}/${name}`,
    title: `Delete schedule ${name} in group ${group}`,
    subject: { type: 'schedule', group, name },
    call: { method: 'deleteSchedule', input: of },
  }
}

export const deleteScheduleHandler: StepHandler<DeleteSchedule> = {
  perform: sends('deleteSchedule', ['ResourceNotFoundException']),
  undoPhase: 'reroute',
}
