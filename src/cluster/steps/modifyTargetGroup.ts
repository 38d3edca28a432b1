/** ModifyTargetGroup: changes the health check of a target group. */
import type { Input } from '../../aws/aws.ts'
import type { Step, StepKind } from '../../engine/step.ts'
import { type StepHandler, sends } from '../../engine/stepHandler.ts'

export interface ModifyTargetGroup extends StepKind {
  readonly name: 'modifyTargetGroup'
  readonly method: 'modifyTargetGroup'
  readonly subject: 'targetGroup'
  readonly undo: 'modifyTargetGroup'
}

/** Undone by changing it back. */
export function modifyTargetGroup(
  of: {
    readonly name: string
    readonly before: Input<'modifyTargetGroup'>
    readonly after: Input<'modifyTargetGroup'>
  },
  changes: readonly string[],
): Step<ModifyTargetGroup> {
  const { name, before, after } = of
  return {
    kind: 'modifyTargetGroup',
    id: `modifyTargetGroup ${name}`,
    title: `Change the health check of target group ${name}`,
    subject: { type: 'targetGroup', name },
    call: { method: 'modifyTargetGroup', input: after },
    changes,
    undo: [
      {
        kind: 'modifyTargetGroup',
        id: `modifyTargetGroup ${name} back`,
        title: `Change the health check of target group ${name} back`,
        subject: { type: 'targetGroup', name },
        call: { method: 'modifyTargetGroup', input: before },
      },
    ],
  }
}

export const modifyTargetGroupHandler: StepHandler<ModifyTargetGroup> = { perform: sends('modifyTargetGroup') }
