import type { TaskDefinition } from '../definition.ts'
import { nameOf } from '../names.ts'
import type { Step } from '../step.ts'
import type { StepKind } from '../stepKind.ts'

/** Registers a new revision; it yields the revision's ARN. */
export function registerTaskDefinition(
  id: string,
  taskDefinition: TaskDefinition,
  undo: readonly Step[],
): Step<'registerTaskDefinition'> {
  return {
    id,
    title: `Register a new revision of ${taskDefinition.family}`,
    call: { method: 'registerTaskDefinition', input: taskDefinition },
    undo,
  }
}

export const registerTaskDefinitionKind: StepKind<'registerTaskDefinition'> = {
  perform: async (_step, input, { aws, signal }) => ({
    answer: await aws.call('registerTaskDefinition', input, signal),
  }),
  yields: (answer) => answer.taskDefinition?.taskDefinitionArn,
  result: (answer) => nameOf(answer.taskDefinition?.taskDefinitionArn ?? ''),
}
