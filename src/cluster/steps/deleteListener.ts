/** DeleteListener: deletes a listener. */
import { Reference, type Step, type StepKind } from '../../engine/step.ts'
import { type Standing, keptForOthers, unlessKept } from '../standing.ts'
import { type StepHandler, sends } from '../../engine/stepHandler.ts'

export interface DeleteListener extends StepKind {
  readonly name: 'deleteListener'
  readonly method: 'deleteListener'
  readonly subject: 'listener'
  /** What another run may have made a service on meanwhile; of the way back only. */
  readonly params: { readonly standing: Standing | undefined }
}

/** `of` is its load balancer's name. */
export function deleteListener(arn: string | Reference, of: string, standing?: Standing): Step<DeleteListener> {
  return {
    kind: 'deleteListener',
    id: `deleteListener ${arn instanceof Reference ? arn.step : arn}`,
    title: `Delete the listener of ${of}`,
    subject: { type: 'listener', name: of },
    call: { method: 'deleteListener', input: { ListenerArn: arn } },
    params: { standing },
  }
}

const send = sends('deleteListener', ['ListenerNotFoundException'])

export const deleteListenerHandler: StepHandler<DeleteListener> = {
  perform: (step, input, context) => unlessKept(step, context, () => send(step, input, context)),
  takenOver: keptForOthers,
  undoPhase: 'unroute',
}
