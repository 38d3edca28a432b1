/**
 * RegisterTaskDefinition: the revision of a one-off task, of which two runs of a stack at once start only one. ECS numbers the
 * revisions of a family one after another, so that of two runs which register the same the one with the lower number is first.
 */
import type { Input } from '../../aws/aws.ts'
import type { TaskDefinition } from '../../definition/definition.ts'
import { type RegistrationParams, registerRecorded } from '../../deploy/registration/registerRecorded.ts'
import { activeRevisions, describeRevision } from '../../deploy/revisions.ts'
import type { Revision } from '../../deploy/world.ts'
import type { Step, StepKind, UndoSteps } from '../../engine/step.ts'
import type { StepContext, StepHandler } from '../../engine/stepHandler.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { nameOf } from '../../ground/names.ts'
import { hasSameContent } from '../ownership.ts'
import { runIn } from '../standing.ts'

export interface RegisterTask extends StepKind {
  readonly name: 'registerTask'
  readonly method: 'registerTaskDefinition'
  readonly subject: 'family'
  readonly params: RegistrationParams
  readonly undo: 'deregisterTaskDefinition'
}

/** Registers a new revision; it yields the revision's ARN. The tags name the run. */
export function registerTask(
  id: string,
  taskDefinition: TaskDefinition,
  { undo, after }: { readonly undo: UndoSteps<RegisterTask>; readonly after: number },
): Step<RegisterTask> {
  return {
    kind: 'registerTask',
    id,
    title: `Register a new revision of ${taskDefinition.family}`,
    subject: { type: 'family', family: taskDefinition.family },
    call: { method: 'registerTaskDefinition', input: taskDefinition },
    undo,
    params: { after },
  }
}

export const registerTaskHandler: StepHandler<RegisterTask> = {
  async perform({ params }, input, context) {
    const { after } = params
    const answer = await registerRecorded(input, params, context)
    const { taskDefinitionArn: arn = '', revision = 0 } = answer.taskDefinition ?? {}
    const first = await registeredFirst(input, { after, before: revision }, context)
    if (!first) return { answer }
    await context.aws.call('deregisterTaskDefinition', { taskDefinition: arn }, context.signal)
    throw new EcsTaskError(
      'DeploymentSuperseded',
      `Another run of this stack has registered ${nameOf(first.arn)} first.`,
      {
        why: 'It is the same, and its task is to run once.',
        fix: 'ecs-task undid nothing that the other run may use. When it has ended, deploy again.',
        evidence: { byRun: true },
      },
    )
  },
  yields: (answer) => answer.taskDefinition?.taskDefinitionArn,
  result: (answer) => nameOf(answer.taskDefinition?.taskDefinitionArn ?? ''),
}

/** The revision between two numbers that another run has registered with the same content. Mostly there is none to look at. */
async function registeredFirst(
  input: Input<'registerTaskDefinition'>,
  { after, before }: { readonly after: number; readonly before: number },
  { aws, signal }: StepContext,
): Promise<Revision | undefined> {
  if (before <= after + 1) return undefined
  const { family = '', tags } = input
  const between = (await activeRevisions(aws, family, signal)).filter(
    ({ revision }) => revision > after && revision < before,
  )
  for (const one of between) {
    const registered = await describeRevision(aws, one.arn, signal)
    if (runIn(registered.tags) !== runIn(tags) && hasSameContent(input as TaskDefinition, registered)) return one
  }
  return undefined
}
