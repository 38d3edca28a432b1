/** RegisterTaskDefinition: a new revision. */
import type { TaskDefinition } from '../../definition/definition.ts'
import { nameOf } from '../../ground/names.ts'
import { type RegistrationParams, registerRecorded } from '../registration/registerRecorded.ts'
import type { Step, StepKind, UndoSteps } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'

export interface RegisterTaskDefinition extends StepKind {
  readonly name: 'registerTaskDefinition'
  readonly method: 'registerTaskDefinition'
  readonly subject: 'family'
  readonly params: RegistrationParams
  readonly undo: 'deregisterTaskDefinition'
}

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
  perform: async ({ params }, input, context) => ({ answer: await registerRecorded(input, params, context) }),
  yields: (answer) => answer.taskDefinition?.taskDefinitionArn,
  result: (answer) => nameOf(answer.taskDefinition?.taskDefinitionArn ?? ''),
}
