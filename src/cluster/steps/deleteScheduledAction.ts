/** DeleteScheduledAction: deletes a scheduled action. */
import { type TargetName, serviceIn } from '../../deploy/scaling/scalableTargets.ts'
import type { Step, StepKind, UndoSteps } from '../../engine/step.ts'
import { type StepHandler, sends } from '../../engine/stepHandler.ts'

export interface DeleteScheduledAction extends StepKind {
  readonly name: 'deleteScheduledAction'
  readonly method: 'deleteScheduledAction'
  readonly subject: 'scalableTarget'
  readonly undo: 'putScheduledAction'
}

export function deleteScheduledAction(
  of: TargetName,
  name: string,
  {
    changes,
    undo = [],
  }: { readonly changes?: readonly string[]; readonly undo?: UndoSteps<DeleteScheduledAction> } = {},
): Step<DeleteScheduledAction> {
  const service = serviceIn(of)
  return {
    kind: 'deleteScheduledAction',
    id: `deleteScheduledAction ${service} ${name}`,
    title: `Delete scheduled action ${name} of ${service}`,
    subject: { type: 'scalableTarget', name: service },
    call: { method: 'deleteScheduledAction', input: { ...of, ScheduledActionName: name } },
    ...(changes && { changes }),
    undo,
  }
}

export const deleteScheduledActionHandler: StepHandler<DeleteScheduledAction> = {
  perform: sends('deleteScheduledAction', ['ObjectNotFoundException']),
  undoPhase: 'reroute',
}
