/** DeleteTargetGroup: deletes a target group as soon as no listener forwards to it. */
import { type Standing, keptForOthers, unlessKept } from '../standing.ts'
import { onceFree } from '../../rollout/settled.ts'
import type { Reference, Step, StepKind } from '../../engine/step.ts'
import { type StepHandler, sends } from '../../engine/stepHandler.ts'

export interface DeleteTargetGroup extends StepKind {
  readonly name: 'deleteTargetGroup'
  readonly method: 'deleteTargetGroup'
  readonly subject: 'targetGroup'
  /** What another run may have made a service on meanwhile; of the way back only. */
  readonly params: { readonly standing: Standing | undefined }
}

export function deleteTargetGroup(arn: string | Reference, name: string, standing?: Standing): Step<DeleteTargetGroup> {
  return {
    kind: 'deleteTargetGroup',
    id: `deleteTargetGroup ${name}`,
    title: `Delete target group ${name}`,
    subject: { type: 'targetGroup', name },
    call: { method: 'deleteTargetGroup', input: { TargetGroupArn: arn } },
    params: { standing },
  }
}

const send = sends('deleteTargetGroup', ['TargetGroupNotFoundException'])

export const deleteTargetGroupHandler: StepHandler<DeleteTargetGroup> = {
  perform: (step, input, context) =>
    unlessKept(step, context, () =>
      onceFree(() => send(step, input, context), {
        what: `${step.title}: a listener still forwards to it`,
        inUse: ['ResourceInUseException'],
        context,
      }),
    ),
  takenOver: keptForOthers,
  undoPhase: 'dismantle',
}
