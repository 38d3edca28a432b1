/** DeleteListener: a listener goes. */
import type { Reference, Step, StepKind } from '../../engine/step.ts'
import { type StepHandler, sends } from '../../engine/stepHandler.ts'

export interface DeleteListener extends StepKind {
  readonly name: 'deleteListener'
  readonly method: 'deleteListener'
  readonly subject: 'listener'
}

/** Takes a listener away. `of` is its load balancer's name. */
export function deleteListener(arn: string | Reference, of: string): Step<DeleteListener> {
  return {
    kind: 'deleteListener',
    id: `deleteListener ${arn instanceof Object ? arn.step : arn}`,
    title: `Delete the listener of ${of}`,
    subject: { type: 'listener', name: of },
    call: { method: 'deleteListener', input: { ListenerArn: arn } },
  }
}

export const deleteListenerHandler: StepHandler<DeleteListener> = {
  perform: sends('deleteListener', ['ListenerNotFoundException']),
  undoPhase: 'unroute',
}
