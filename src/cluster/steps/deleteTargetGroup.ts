import { onceFree } from '../../rollout/settled.ts'
import type { Reference, Step } from '../../engine/step.ts'
import { type StepKind, sends } from '../../engine/stepHandler.ts'

/** Takes a target group away, as soon as no listener forwards to it any more. */
export function deleteTargetGroup(arn: string | Reference, name: string): Step<'deleteTargetGroup'> {
  return {
    id: `deleteTargetGroup ${name}`,
    title: `Delete target group ${name}`,
    call: { method: 'deleteTargetGroup', input: { TargetGroupArn: arn } },
  }
}

const send = sends('deleteTargetGroup', ['TargetGroupNotFoundException'])

export const deleteTargetGroupKind: StepKind<'deleteTargetGroup'> = {
  perform: (step, input, context) =>
    onceFree(() => send(step, input, context), {
      what: `${step.title}: a listener still forwards to it`,
      inUse: ['ResourceInUseException'],
      context,
    }),
}
