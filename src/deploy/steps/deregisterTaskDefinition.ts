/** DeregisterTaskDefinition: a revision that nothing uses any more. */
import { nameOf } from '../../ground/names.ts'
import { unreadUses } from '../observeRevisions.ts'
import type { RevisionReference } from '../world.ts'
import { Reference, type Step, type StepKind } from '../../engine/step.ts'
import type { StepContext, StepHandler } from '../../engine/stepHandler.ts'
import { undeclaredWarnings } from '../starters/undeclared.ts'
import { type OwnPointers, fewFamilies, ownReferences, revisionReferences } from '../revisionReferences.ts'
import { isDenied } from '../../aws/denied.ts'
import { whyUnreadable } from '../../rollout/missingPermission.ts'

export interface DeregisterTaskDefinition extends StepKind {
  readonly name: 'deregisterTaskDefinition'
  readonly method: 'deregisterTaskDefinition'
  readonly subject: 'revision'
  readonly params: {
    /** Where to look for what still points at it. */
    readonly clusters: readonly string[]
    /** Of a revision that this run has registered: all that it points at it. */
    readonly own?: OwnPointers
    /** The few families whose uses are read together; by default those of all families are. */
    readonly families?: readonly string[]
    /** Whether it may well be in use, and then nobody is warned that it stays. */
    readonly ifUnused?: true
    /** The targets and schedules that the run moves; of any other that starts a revision a person is told. */
    readonly declared?: readonly string[]
  }
}

/**
 * Deregisters a revision, unless something in these clusters points at it when its turn comes. Where that may not be
 * read, one that the run has registered goes unless what is its `own` points at it, and any other stays.
 */
export function deregisterTaskDefinition(
  revision: string | Reference,
  clusters: readonly string[],
  more: Omit<DeregisterTaskDefinition['params'], 'clusters'> = {},
): Step<DeregisterTaskDefinition> {
  const { families, ...rest } = more
  const few = families && fewFamilies(families)
  const name = revision instanceof Reference ? revision.what : nameOf(revision)
  return {
    kind: 'deregisterTaskDefinition',
    id: `deregisterTaskDefinition ${revision instanceof Reference ? revision.step : name}`,
    title: `Deregister ${name}${more.ifUnused ? ' if unused' : ''}`,
    subject: { type: 'revision', revision: name },
    call: { method: 'deregisterTaskDefinition', input: { taskDefinition: revision } },
    params: { clusters, ...(few && { families: few }), ...rest },
  }
}

export const deregisterTaskDefinitionHandler: StepHandler<DeregisterTaskDefinition> = {
  async perform({ params }, input, context) {
    const { own, families, ifUnused: isExpected } = params
    const { aws, emit, once, signal } = context
    const arn = input.taskDefinition ?? ''
    let still: readonly RevisionReference[]
    try {
      still = (await usesByRevision(arn, params, context)).get(arn) ?? []
    } catch (error) {
      if (!isDenied(error)) throw error
      if (!own) {
        const text = unreadUses(families, error)
        if (isExpected) await once(text, async () => emit({ type: 'warning.raised', text }))
        return { skipped: `what uses it could not be read: ${whyUnreadable(error, 'to read it')}`, isExpected }
      }
      still = (await ownReferences(aws, own, signal)).filter((use) => use.revision === arn)
    }
    if (still.length > 0) {
      const usedBy = still.map(({ kind, key }) => `${kind} ${key}`)
      return { skipped: `${nameOf(arn)} is still used by ${[...new Set(usedBy)].join(', ')}`, isExpected, usedBy }
    }
    return { answer: await aws.call('deregisterTaskDefinition', input, signal) }
  },
  result: (answer) => nameOf(answer.taskDefinition?.taskDefinitionArn ?? ''),
  undoPhase: 'deregister',
}

/** What uses each revision, read once for all that are deregistered together. */
function usesByRevision(
  revision: string,
  { clusters, families, declared }: DeregisterTaskDefinition['params'],
  { aws, emit, once, signal }: StepContext,
): Promise<ReadonlyMap<string, readonly RevisionReference[]>> {
  return once(`uses ${JSON.stringify([clusters, families])}`, async () => {
    const uses = new Map<string, RevisionReference[]>()
    const all = await revisionReferences(aws, { families, clusters, revision }, signal)
    for (const text of declared ? undeclaredWarnings(all, declared) : []) emit({ type: 'warning.raised', text })
    for (const use of all) {
      const others = uses.get(use.revision)
      if (others) others.push(use)
      else uses.set(use.revision, [use])
    }
    return uses
  })
}
