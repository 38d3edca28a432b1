/** PutScheduledAction: when a service gets another range. */
import { type TargetName, serviceIn } from '../../deploy/scaling/scalableTargets.ts'
import type { PlannedInput, Step, StepKind, UndoSteps } from '../../engine/step.ts'
import { type StepHandler, sends } from '../../engine/stepHandler.ts'

export interface PutScheduledAction extends StepKind {
  readonly name: 'putScheduledAction'
  readonly method: 'putScheduledAction'
  readonly subject: 'scalableTarget'
  readonly undo: 'putScheduledAction' | 'deleteScheduledAction'
}

/** Creates it, or replaces the one of its name. */
export function putScheduledAction(
  input: PlannedInput<'putScheduledAction'> & TargetName,
  { changes, undo }: { readonly changes?: readonly string[]; readonly undo: UndoSteps<PutScheduledAction> },
): Step<PutScheduledAction> {
  const [service, name] = [serviceIn(input), String(input.ScheduledActionName)]
  return {
    kind: 'putScheduledAction',
    id: `putScheduledAction ${service} ${name}`,
    title: `Set scheduled action ${name} of ${service}`,
    subject: { type: 'scalableTarget', name: service },
    call: { method: 'putScheduledAction', input },
    ...(changes && { changes }),
    undo,
  }
}

export const putScheduledActionHandler: StepHandler<PutScheduledAction> = {
  perform: sends('putScheduledAction'),
  undoPhase: 'reroute',
}
