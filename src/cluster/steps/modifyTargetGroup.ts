import type { Input } from '../../aws/aws.ts'
import type { Step } from '../../engine/step.ts'
import { type StepKind, sends } from '../../engine/stepHandler.ts'

/** Changes the health check of a target group, and back again should the run fail. */
export function modifyTargetGroup(
  of: {
    readonly name: string
    readonly before: Input<'modifyTargetGroup'>
    readonly after: Input<'modifyTargetGroup'>
  },
  changes: readonly string[],
): Step<'modifyTargetGroup'> {
  const { name, before, after } = of
  return {
    id: `modifyTargetGroup ${name}`,
    title: `Change the health check of target group ${name}`,
    call: { method: 'modifyTargetGroup', input: after },
    changes,
    undo: [
      {
        id: `modifyTargetGroup ${name} back`,
        title: `Change the health check of target group ${name} back`,
        call: { method: 'modifyTargetGroup', input: before },
      },
    ],
  }
}

export const modifyTargetGroupKind: StepKind<'modifyTargetGroup'> = { perform: sends('modifyTargetGroup') }
