/** CreatePrivateDnsNamespace: creates a namespace for service discovery. */
import { abortController } from '../../ground/abortController.ts'
import type { Output } from '../../aws/aws.ts'
import { OddAnswer } from '../../aws/answer.ts'
import { refusalOf } from '../../aws/retry.ts'
import { awaitOperation } from '../awaitOperation.ts'
import { onceFree } from '../../rollout/settled.ts'
import type { Step, StepKind, UndoSteps } from '../../engine/step.ts'
import { discoveryTags, foundBy, runIn } from '../standing.ts'
import type { StepContext, StepHandler } from '../../engine/stepHandler.ts'

export interface CreatePrivateDnsNamespace extends StepKind {
  readonly name: 'createPrivateDnsNamespace'
  readonly method: 'createPrivateDnsNamespace'
  readonly subject: 'namespace'
  readonly undo: 'deleteNamespace'
}

/** Yields its id. Its `description` says which cluster it belongs to. */
export function createPrivateDnsNamespace(
  of: {
    readonly name: string
    readonly vpc: string
    readonly description: string
    readonly tags: readonly { Key: string; Value: string }[]
  },
  undo: (id: string) => UndoSteps<CreatePrivateDnsNamespace>,
): Step<CreatePrivateDnsNamespace> {
  const { name, vpc, description, tags } = of
  const id = `createPrivateDnsNamespace ${name}`
  return {
    kind: 'createPrivateDnsNamespace',
    id,
    title: `Create namespace ${name}`,
    subject: { type: 'namespace', name },
    call: {
      method: 'createPrivateDnsNamespace',
      input: { Name: name, Vpc: vpc, Description: description, Tags: tags },
    },
    undo: undo(id),
  }
}

/** https://docs.aws.amazon.com/cloud-map/latest/api/API_DuplicateRequest.html */
const inUse = ['DuplicateRequest']

type Created = Output<'createPrivateDnsNamespace'> & { readonly NamespaceId?: string | undefined }

export const createPrivateDnsNamespaceHandler: StepHandler<CreatePrivateDnsNamespace> = {
  /**
   * Only the end of the operation tells the id, without which the namespace could not be deleted again: even an interrupted
   * run waits for it. The request id makes a call that is sent again, because its answer was lost, the same request.
   */
  async perform({ title }, input, context) {
    const uninterrupted: StepContext = { ...context, signal: abortController().signal }
    const { aws, began } = context
    let found: Awaited<ReturnType<typeof foundBy>> = {}
    const request = { ...input, CreatorRequestId: `${input.Name} ${began}` }
    const send = (): Promise<Created> =>
      aws.call('createPrivateDnsNamespace', request).catch(async (error: unknown): Promise<Created> => {
        if (refusalOf(error).name !== 'NamespaceAlreadyExists') throw error
        const { Namespaces = [] } = await aws.all('listNamespaces', {})
        const existing = Namespaces.find(
          ({ Name, Description }) => Name === input.Name && Description === input.Description,
        )
        if (!existing) throw error
        if (existing.Id === undefined) throw new OddAnswer('ListNamespaces', 'A namespace has no Id.')
        found = await foundBy(runIn(input.Tags), () => discoveryTags(aws, existing.Arn))
        return { NamespaceId: existing.Id, $metadata: {} }
      })
    // An operation of a run that was killed may still be in progress.
    const answer = await onceFree(send, {
      what: `${title}: another operation is in progress`,
      inUse,
      context: uninterrupted,
    })
    const { OperationId } = answer
    if (OperationId === undefined) return { answer, ...found }
    const NamespaceId = await awaitOperation(OperationId, `${title}: it does not exist`, uninterrupted)
    if (NamespaceId === undefined) throw new OddAnswer('GetOperation', 'Operation/Targets has no NAMESPACE.')
    return { answer: { ...answer, NamespaceId } }
  },
  yields: (answer: Created) => answer.NamespaceId,
}
