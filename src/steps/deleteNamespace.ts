import { finished } from '../following/operation.ts'
import { onceFree } from '../following/settled.ts'
import type { Reference, Step } from '../step.ts'
import type { StepKind } from '../stepKind.ts'

/** Takes a namespace away, as soon as it has no service any more, and waits until it is gone. */
export function deleteNamespace(id: string | Reference, name: string): Step<'deleteNamespace'> {
  return {
    id: `deleteNamespace ${name}`,
    title: `Delete namespace ${name}`,
    call: { method: 'deleteNamespace', input: { Id: id } },
    follow: 'settled',
  }
}

export const deleteNamespaceKind: StepKind<'deleteNamespace'> = {
  async perform({ title }, input, context) {
    const send = () =>
      context.aws.call('deleteNamespace', input, context.signal).catch((error: unknown) => {
        if ((error as Error).name !== 'NamespaceNotFound') throw error
        return { OperationId: undefined, $metadata: {} }
      })
    const what = `${title}: it still has services`
    return { answer: await onceFree(send, { what, inUse: ['ResourceInUse'], context }) }
  },
  async follow({ title }, { OperationId }, context) {
    if (OperationId !== undefined) await finished(OperationId, `${title}: it is still there`, context)
  },
}
