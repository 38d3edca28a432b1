/** PutScalingPolicy: by what a service scales. */
import { type TargetName, serviceIn } from '../../deploy/scaling/scalableTargets.ts'
import type { PlannedInput, Step, StepKind, UndoSteps } from '../../engine/step.ts'
import { type StepHandler, sends } from '../../engine/stepHandler.ts'

export interface PutScalingPolicy extends StepKind {
  readonly name: 'putScalingPolicy'
  readonly method: 'putScalingPolicy'
  readonly subject: 'scalableTarget'
  readonly undo: 'putScalingPolicy' | 'deleteScalingPolicy'
}

/** Creates it, or replaces the one of its name. */
export function putScalingPolicy(
  input: PlannedInput<'putScalingPolicy'> & TargetName,
  { changes, undo }: { readonly changes?: readonly string[]; readonly undo: UndoSteps<PutScalingPolicy> },
): Step<PutScalingPolicy> {
  const [service, name] = [serviceIn(input), String(input.PolicyName)]
  return {
    kind: 'putScalingPolicy',
    id: `putScalingPolicy ${service} ${name}`,
    title: `Set scaling policy ${name} of ${service}`,
    subject: { type: 'scalableTarget', name: service },
    call: { method: 'putScalingPolicy', input },
    ...(changes && { changes }),
    undo,
  }
}

export const putScalingPolicyHandler: StepHandler<PutScalingPolicy> = {
  perform: sends('putScalingPolicy'),
  undoPhase: 'reroute',
}
