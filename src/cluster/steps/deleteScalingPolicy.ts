/** DeleteScalingPolicy: deletes a scaling policy. */
import { type TargetName, serviceIn } from '../../deploy/scaling/scalableTargets.ts'
import type { Step, StepKind, UndoSteps } from '../../engine/step.ts'
import { type StepHandler, sends } from '../../engine/stepHandler.ts'

export interface DeleteScalingPolicy extends StepKind {
  readonly name: 'deleteScalingPolicy'
  readonly method: 'deleteScalingPolicy'
  readonly subject: 'scalableTarget'
  readonly undo: 'putScalingPolicy'
}

export function deleteScalingPolicy(
  of: TargetName,
  name: string,
  { changes, undo = [] }: { readonly changes?: readonly string[]; readonly undo?: UndoSteps<DeleteScalingPolicy> } = {},
): Step<DeleteScalingPolicy> {
  const service = serviceIn(of)
  return {
    kind: 'deleteScalingPolicy',
    id: `deleteScalingPolicy ${service} ${name}`,
    title: `Delete scaling policy ${name} of ${service}`,
    subject: { type: 'scalableTarget', name: service },
    call: { method: 'deleteScalingPolicy', input: { ...of, PolicyName: name } },
    ...(changes && { changes }),
    undo,
  }
}

export const deleteScalingPolicyHandler: StepHandler<DeleteScalingPolicy> = {
  perform: sends('deleteScalingPolicy', ['ObjectNotFoundException']),
  undoPhase: 'reroute',
}
