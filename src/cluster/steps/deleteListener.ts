import type { Reference, Step } from '../../engine/step.ts'
import { type StepKind, sends } from '../../engine/stepHandler.ts'

/** Takes a listener away. `of` is its load balancer's name. */
export function deleteListener(arn: string | Reference, of: string): Step<'deleteListener'> {
  return {
    id: `deleteListener ${arn instanceof Object ? arn.step : arn}`,
    title: `Delete the listener of ${of}`,
    call: { method: 'deleteListener', input: { ListenerArn: arn } },
  }
}

export const deleteListenerKind: StepKind<'deleteListener'> = {
  perform: sends('deleteListener', ['ListenerNotFoundException']),
}
