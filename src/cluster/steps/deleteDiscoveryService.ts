/** DeleteService of Cloud Map: deletes a discovery service as soon as no task is registered in it. */
import { type Standing, keptForOthers, unlessKept } from '../standing.ts'
import { onceFree } from '../../rollout/settled.ts'
import type { Reference, Step, StepKind } from '../../engine/step.ts'
import { type StepHandler, sends } from '../../engine/stepHandler.ts'

export interface DeleteDiscoveryService extends StepKind {
  readonly name: 'deleteDiscoveryService'
  readonly method: 'deleteDiscoveryService'
  readonly subject: 'discoveryService'
  /** What another run may have made a service on meanwhile; of the way back only. */
  readonly params: { readonly standing: Standing | undefined }
}

export function deleteDiscoveryService(
  id: string | Reference,
  name: string,
  standing?: Standing,
): Step<DeleteDiscoveryService> {
  return {
    kind: 'deleteDiscoveryService',
    id: `deleteDiscoveryService ${name}`,
    title: `Delete discovery service ${name}`,
    subject: { type: 'discoveryService', name },
    call: { method: 'deleteDiscoveryService', input: { Id: id } },
    params: { standing },
  }
}

const send = sends('deleteDiscoveryService', ['ServiceNotFound'])

export const deleteDiscoveryServiceHandler: StepHandler<DeleteDiscoveryService> = {
  perform: (step, input, context) =>
    unlessKept(step, context, () =>
      onceFree(() => send(step, input, context), {
        what: `${step.title}: tasks are still registered in it`,
        inUse: ['ResourceInUse'],
        context,
      }),
    ),
  takenOver: keptForOthers,
  undoPhase: 'dismantle',
}
