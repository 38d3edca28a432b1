import { nameOf } from '../../ground/names.ts'
import type { Use } from '../../engine/plan.ts'
import { Reference, type Step } from '../../engine/step.ts'
import type { StepKind } from '../../engine/stepHandler.ts'
import { familyOf, usesOf } from '../revisionReferences.ts'

/** Deregisters a revision, unless something in these clusters points at it when its turn comes. */
export function deregisterTaskDefinition(
  revision: string | Reference,
  clusters: readonly string[],
): Step<'deregisterTaskDefinition'> {
  const name = revision instanceof Reference ? revision.what : nameOf(revision)
  return {
    id: `deregisterTaskDefinition ${revision instanceof Reference ? revision.step : name}`,
    title: `Deregister ${name}`,
    call: { method: 'deregisterTaskDefinition', input: { taskDefinition: revision } },
    facts: { clusters },
  }
}

export const deregisterTaskDefinitionKind: StepKind<'deregisterTaskDefinition'> = {
  async perform(step, input, { aws, signal }) {
    const clusters = step.facts?.clusters as readonly string[]
    const arn = input.taskDefinition ?? ''
    const uses = await usesOf(aws, { families: [familyOf(arn)], clusters }, signal)
    const still = uses.filter((use) => use.revision === arn)
    if (still.length > 0) return { skipped: `${nameOf(arn)} is still used by ${listed(still)}` }
    return { answer: await aws.call('deregisterTaskDefinition', input, signal) }
  },
  result: (answer) => nameOf(answer.taskDefinition?.taskDefinitionArn ?? ''),
}

function listed(uses: readonly Use[]): string {
  return [...new Set(uses.map(({ kind, key }) => `${kind} ${key}`))].join(', ')
}
