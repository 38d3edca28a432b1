/** DeleteListener: deletes a listener. */
import { Reference, type Step, type StepKind } from '../../engine/step.ts'
import { type StepHandler, sends } from '../../engine/stepHandler.ts'

export interface DeleteListener extends StepKind {
  readonly name: 'deleteListener'
  readonly method: 'deleteListener'
  readonly subject: 'listener'
}

/** `of` is its load balancer's name. */
export function deleteListener(arn: string | Reference, of: string): Step<DeleteListener> {
  return {
    kind: 'deleteListener',
    id: `deleteListener ${arn instanceof Reference ? arn.step : arn}`,
    title: `Delete the listener of ${of}`,
    subject: { type: 'listener', name: of },
    call: { method: 'deleteListener', input: { ListenerArn: arn } },
  }
}

export const deleteListenerHandler: StepHandler<DeleteListener> = {
  perform: sends('deleteListener', ['ListenerNotFoundException']),
  undoPhase: 'unroute',
}
