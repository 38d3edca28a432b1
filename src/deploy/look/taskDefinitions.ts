// The task definitions that tasks run, each read once.
import type { TaskDefinition } from '@aws-sdk/client-ecs'
import type { Aws } from '../../aws/aws.ts'

/** Answers with a task definition by its ARN; an ARN is asked for once, unless AWS has refused it. */
export function taskDefinitionReader(aws: Aws): (arn: string, signal?: AbortSignal) => Promise<TaskDefinition> {
  const known = new Map<string, Promise<TaskDefinition>>()
  return (arn, signal) => {
    const asked =
      known.get(arn) ??
      aws
        .call('describeTaskDefinition', { taskDefinition: arn }, signal)
        .then(({ taskDefinition = {} }) => taskDefinition)
    known.set(arn, asked)
    asked.catch(() => known.delete(arn))
    return asked
  }
}

/** A task goes on, and a deployment stays in the history, when its revision has been deleted. */
export function unlessDeleted(error: unknown): undefined {
  if ((error as Error).name !== 'ClientException') throw error
}
