import { onceFree } from '../../rollout/settled.ts'
import type { Reference, Step } from '../../engine/step.ts'
import { type StepKind, sends } from '../../engine/stepHandler.ts'

/** Takes a discovery service away, as soon as no task is registered in it any more. */
export function deleteDiscoveryService(id: string | Reference, name: string): Step<'deleteDiscoveryService'> {
  return {
    id: `deleteDiscoveryService ${name}`,
    title: `Delete discovery service ${name}`,
    call: { method: 'deleteDiscoveryService', input: { Id: id } },
  }
}

const send = sends('deleteDiscoveryService', ['ServiceNotFound'])

export const deleteDiscoveryServiceKind: StepKind<'deleteDiscoveryService'> = {
  perform: (step, input, context) =>
    onceFree(() => send(step, input, context), {
      what: `${step.title}: tasks are still registered in it`,
      inUse: ['ResourceInUse'],
      context,
    }),
}
