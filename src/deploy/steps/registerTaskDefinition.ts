/** RegisterTaskDefinition: a new revision. */
import type { RegisterTaskDefinitionCommandOutput } from '@aws-sdk/client-ecs'
import type { Input } from '../../aws/aws.ts'
import { isTransient } from '../../aws/retry.ts'
import type { TaskDefinition } from '../../definition/definition.ts'
import { nameOf } from '../../ground/names.ts'
import { activeRevisions } from '../revisions.ts'
import { sameTaskDefinition } from '../../definition/sameTaskDefinition.ts'
import type { Step, StepKind, UndoSteps } from '../../engine/step.ts'
import type { StepContext, StepHandler } from '../../engine/stepHandler.ts'

export interface RegisterTaskDefinition extends StepKind {
  readonly name: 'registerTaskDefinition'
  readonly method: 'registerTaskDefinition'
  readonly subject: 'family'
  readonly params: {
    /** The newest number that there was before. */
    readonly after: number
  }
  readonly undo: 'deregisterTaskDefinition'
}

/** How often a registration whose answer was lost is sent. */
const attempts = 4
/** How often a revision that may have been registered is looked for: a list may lag behind. */
const looks = 3
/** Milliseconds between two looks. */
const settling = 3_000

/** Registers a new revision; it yields the revision's ARN. `after` is the newest number that there was before. */
export function registerTaskDefinition(
  id: string,
  taskDefinition: TaskDefinition,
  { undo, after }: { readonly undo: UndoSteps<RegisterTaskDefinition>; readonly after: number },
): Step<RegisterTaskDefinition> {
  return {
    kind: 'registerTaskDefinition',
    id,
    title: `Register a new revision of ${taskDefinition.family}`,
    subject: { type: 'family', family: taskDefinition.family },
    call: { method: 'registerTaskDefinition', input: taskDefinition },
    undo,
    params: { after },
  }
}

export const registerTaskDefinitionHandler: StepHandler<RegisterTaskDefinition> = {
  async perform(step, input, context) {
    const { aws, signal } = context
    for (let attempt = 1; ; attempt++) {
      try {
        return { answer: await aws.call('registerTaskDefinition', input, signal) }
      } catch (error) {
        if (!isTransient(error)) throw error
        // Registering again would make a second revision, so it is looked for first.
        const registered = await registeredMeanwhile(step, input, context).catch(() => 'not to be seen' as const)
        if (typeof registered === 'object') return { answer: registered }
        context.noteLeftover(
          `A revision of ${input.family} may have been registered that nobody uses. Look for it with: aws ecs list-task-definitions --family-prefix ${input.family} --sort DESC`,
        )
        if (attempt === attempts || registered === 'not to be seen') throw error
      }
    }
  },
  yields: (answer) => answer.taskDefinition?.taskDefinitionArn,
  result: (answer) => nameOf(answer.taskDefinition?.taskDefinitionArn ?? ''),
}

/** The revision that a call has made whose answer was lost: it is newer than all there were, and it is what was sent. */
async function registeredMeanwhile(
  step: Step<RegisterTaskDefinition>,
  input: Input<'registerTaskDefinition'>,
  { aws, clock, signal, values }: StepContext,
): Promise<RegisterTaskDefinitionCommandOutput | undefined> {
  const ours = new Set(values.values())
  for (let look = 1; look <= looks; look++) {
    await clock.sleep(settling, signal)
    const newer = (await activeRevisions(aws, input.family ?? '', signal)).filter(
      ({ arn, revision }) => revision > step.params.after && !ours.has(arn),
    )
    for (const { arn } of newer) {
      const of = { taskDefinition: arn, include: ['TAGS' as const] }
      const { taskDefinition, tags } = await aws.call('describeTaskDefinition', of, signal)
      const isIt = taskDefinition && sameTaskDefinition(input, { ...taskDefinition, tags })
      if (isIt) return { taskDefinition, tags, $metadata: {} }
    }
  }
  return undefined
}
