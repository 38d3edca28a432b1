/** UpdateService of Cloud Map: changes the records of a discovery service. */
import type { Input } from '../../aws/aws.ts'
import { awaitOperation } from '../awaitOperation.ts'
import { onceFree } from '../../rollout/settled.ts'
import type { Step, StepKind } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'

export interface UpdateDiscoveryService extends StepKind {
  readonly name: 'updateDiscoveryService'
  readonly method: 'updateDiscoveryService'
  readonly subject: 'discoveryService'
  readonly undo: 'updateDiscoveryService'
}

/** Undone by changing them back. */
export function updateDiscoveryService(
  of: {
    readonly name: string
    readonly before: Input<'updateDiscoveryService'>
    readonly after: Input<'updateDiscoveryService'>
  },
  changes: readonly string[],
): Step<UpdateDiscoveryService> {
  const { name, before, after } = of
  const back: Step<UpdateDiscoveryService> = {
    kind: 'updateDiscoveryService',
    id: `updateDiscoveryService ${name} back`,
    title: `Change discovery service ${name} back`,
    subject: { type: 'discoveryService', name },
    call: { method: 'updateDiscoveryService', input: before },
    follow: 'settled',
  }
  return {
    ...back,
    id: `updateDiscoveryService ${name}`,
    title: `Change discovery service ${name}`,
    call: { method: 'updateDiscoveryService', input: after },
    changes,
    undo: [back],
  }
}

export const updateDiscoveryServiceHandler: StepHandler<UpdateDiscoveryService> = {
  async perform({ title }, input, context) {
    const send = () => context.aws.call('updateDiscoveryService', input, context.signal)
    const what = `${title}: another operation is in progress`
    return { answer: await onceFree(send, { what, inUse: ['DuplicateRequest'], context }) }
  },
  async follow({ title }, { OperationId }, context) {
    if (OperationId !== undefined) await awaitOperation(OperationId, `${title}: it is not changed`, context)
  },
}
