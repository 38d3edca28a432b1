// Reads what is registered as a revision.
import type { Aws } from '../aws/aws.ts'
import { EcsTaskError } from '../ground/errors.ts'
import type { Registered } from './world.ts'

/** A revision with its tags, by its ARN or as `web:12`; a family alone stands for its newest ACTIVE revision. */
export async function describeRevision(aws: Aws, name: string, signal?: AbortSignal): Promise<Registered> {
  const input = { taskDefinition: name, include: ['TAGS' as const] }
  const { taskDefinition = {}, tags = [] } = await aws.call('describeTaskDefinition', input, signal)
  return { arn: taskDefinition.taskDefinitionArn ?? name, taskDefinition, tags }
}

/** The same for one that a person named: throws `NotFound` where there is none. */
export function readRevision(aws: Aws, name: string): Promise<Registered> {
  return describeRevision(aws, name).catch((error: unknown) => {
    if ((error as Error).name !== 'ClientException') throw error
    throw new EcsTaskError('NotFound', `There is no task definition ${name}.`, {
      why: (error as Error).message,
      cause: error,
    })
  })
}
