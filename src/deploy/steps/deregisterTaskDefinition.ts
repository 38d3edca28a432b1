/** DeregisterTaskDefinition: a revision that nothing uses any more. */
import { nameOf } from '../../ground/names.ts'
import type { RevisionReference } from '../world.ts'
import { Reference, type Step, type StepKind } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'
import { type OwnPointers, ownReferences, revisionReferences } from '../revisionReferences.ts'
import { isDenied } from '../../aws/denied.ts'
import { whyUnreadable } from '../../rollout/missingPermission.ts'
import { familyOf } from '../revisions.ts'

export interface DeregisterTaskDefinition extends StepKind {
  readonly name: 'deregisterTaskDefinition'
  readonly method: 'deregisterTaskDefinition'
  readonly subject: 'revision'
  readonly params: {
    /** Where to look for what still points at it. */
    readonly clusters: readonly string[]
    /** Of a revision that this run has registered: all that it points at it. */
    readonly own?: OwnPointers
    /** All families that are deregistered with it, so that their uses are read together; by default its own. */
    readonly families?: readonly string[]
  }
}

/**
 * Deregisters a revision, unless something in these clusters points at it when its turn comes. Where that may not be
 * read, one that the run has registered goes unless what is its `own` points at it, and any other stays.
 */
export function deregisterTaskDefinition(
  revision: string | Reference,
  clusters: readonly string[],
  more: Pick<DeregisterTaskDefinition['params'], 'own' | 'families'> = {},
): Step<DeregisterTaskDefinition> {
  const name = revision instanceof Reference ? revision.what : nameOf(revision)
  return {
    kind: 'deregisterTaskDefinition',
    id: `deregisterTaskDefinition ${revision instanceof Reference ? revision.step : name}`,
    title: `Deregister ${name}`,
    subject: { type: 'revision', revision: name },
    call: { method: 'deregisterTaskDefinition', input: { taskDefinition: revision } },
    params: { clusters, ...more },
  }
}

export const deregisterTaskDefinitionHandler: StepHandler<DeregisterTaskDefinition> = {
  async perform(step, input, { aws, once, signal }) {
    const { clusters, own } = step.params
    const arn = input.taskDefinition ?? ''
    const { families = [familyOf(arn)] } = step.params
    let uses: RevisionReference[]
    try {
      uses = await revisionReferences(aws, { families, clusters }, signal, once)
    } catch (error) {
      if (!isDenied(error)) throw error
      if (!own) return { skipped: `what uses it could not be read: ${whyUnreadable(error, 'to read it')}` }
      uses = await ownReferences(aws, own, signal)
    }
    const still = uses.filter((use) => use.revision === arn)
    if (still.length > 0) return { skipped: `${nameOf(arn)} is still used by ${listed(still)}` }
    return { answer: await aws.call('deregisterTaskDefinition', input, signal) }
  },
  result: (answer) => nameOf(answer.taskDefinition?.taskDefinitionArn ?? ''),
  undoPhase: 'deregister',
}

function listed(uses: readonly RevisionReference[]): string {
  return [...new Set(uses.map(({ kind, key }) => `${kind} ${key}`))].join(', ')
}
