import type { RegisterTaskDefinitionCommandOutput } from '@aws-sdk/client-ecs'
import type { Input } from '../aws.ts'
import { isTransient } from '../aws/retry.ts'
import type { TaskDefinition } from '../definition.ts'
import { nameOf } from '../names.ts'
import { activeRevisions } from '../observe.ts'
import { sameTaskDefinition } from '../sameTaskDefinition.ts'
import type { Step } from '../step.ts'
import type { StepContext, StepKind } from '../stepKind.ts'

/** How often a registration whose answer was lost is looked for and, where it is not there, sent again. */
const attempts = 4
/** Milliseconds that AWS may take to show a revision that it has registered. */
const settling = 3_000

/** Registers a new revision; it yields the revision's ARN. `after` is the newest number that there was before. */
export function registerTaskDefinition(
  id: string,
  taskDefinition: TaskDefinition,
  { undo, after }: { readonly undo: readonly Step[]; readonly after: number },
): Step<'registerTaskDefinition'> {
  return {
    id,
    title: `Register a new revision of ${taskDefinition.family}`,
    call: { method: 'registerTaskDefinition', input: taskDefinition },
    undo,
    facts: { after },
  }
}

export const registerTaskDefinitionKind: StepKind<'registerTaskDefinition'> = {
  async perform(step, input, context) {
    const { aws, signal } = context
    for (let attempt = 1; ; attempt++) {
      try {
        return { answer: await aws.call('registerTaskDefinition', input, signal) }
      } catch (error) {
        if (!isTransient(error)) throw error
        // Registering again would make a second revision, so it is looked for first.
        const registered = await registeredMeanwhile(step, input, context).catch(() => undefined)
        if (registered) return { answer: registered }
        if (attempt < attempts) continue
        context.leave(
          `A revision of ${input.family} may have been registered. Look for it with: aws ecs list-task-definitions --family-prefix ${input.family} --sort DESC`,
        )
        throw error
      }
    }
  },
  yields: (answer) => answer.taskDefinition?.taskDefinitionArn,
  result: (answer) => nameOf(answer.taskDefinition?.taskDefinitionArn ?? ''),
}

/** The revision that a call has made whose answer was lost: it is newer than all there were, and it is what was sent. */
async function registeredMeanwhile(
  step: Step,
  input: Input<'registerTaskDefinition'>,
  { aws, clock, signal, values }: StepContext,
): Promise<RegisterTaskDefinitionCommandOutput | undefined> {
  await clock.sleep(settling, signal)
  const ours = new Set(values.values())
  const newer = (await activeRevisions(aws, input.family ?? '', signal)).filter(
    ({ arn, revision }) => revision > Number(step.facts?.['after']) && !ours.has(arn),
  )
  for (const { arn } of newer) {
    const { taskDefinition, tags } = await aws.call('describeTaskDefinition', { taskDefinition: arn, include: ['TAGS'] }, signal)
    if (taskDefinition && sameTaskDefinition(input, { ...taskDefinition, tags })) return { taskDefinition, tags, $metadata: {} }
  }
  return undefined
}
