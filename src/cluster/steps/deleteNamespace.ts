/** DeleteNamespace: deletes a namespace as soon as it has no service, and waits until it is gone. */
import { refusalOf } from '../../aws/retry.ts'
import { awaitOperation } from '../awaitOperation.ts'
import { type Standing, usedByOthers } from '../standing.ts'
import { onceFree } from '../../rollout/settled.ts'
import type { Reference, Step, StepKind } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'

export interface DeleteNamespace extends StepKind {
  readonly name: 'deleteNamespace'
  readonly method: 'deleteNamespace'
  readonly subject: 'namespace'
  /** On the way back: the cluster whose services may use it by now, and what this run tags its own with. */
  readonly params: { readonly unlessUsed: Omit<Standing, 'service'> | undefined }
}

export function deleteNamespace(
  id: string | Reference,
  name: string,
  unlessUsed?: DeleteNamespace['params']['unlessUsed'],
): Step<DeleteNamespace> {
  return {
    kind: 'deleteNamespace',
    id: `deleteNamespace ${name}`,
    title: `Delete namespace ${name}`,
    subject: { type: 'namespace', name },
    call: { method: 'deleteNamespace', input: { Id: id } },
    params: { unlessUsed },
    follow: 'settled',
  }
}

export const deleteNamespaceHandler: StepHandler<DeleteNamespace> = {
  async perform({ title, params: { unlessUsed } }, input, context) {
    const notNeeded = unlessUsed && (await usedByOthers(input.Id ?? '', unlessUsed, context))
    if (notNeeded !== undefined) return { answer: { $metadata: {} }, notNeeded }
    const send = () =>
      context.aws.call('deleteNamespace', input, context.signal).catch((error: unknown) => {
        if (refusalOf(error).name !== 'NamespaceNotFound') throw error
        return { OperationId: undefined, $metadata: {} }
      })
    // AWS answers with the second while the deletion that a killed run asked for is in progress.
    const inUse = ['ResourceInUse', 'DuplicateRequest']
    return { answer: await onceFree(send, { what: `${title}: it is still in use`, inUse, context }) }
  },
  async follow({ title }, { OperationId }, context) {
    if (OperationId !== undefined) await awaitOperation(OperationId, `${title}: it is still there`, context)
  },
  undoPhase: 'vacate',
}
