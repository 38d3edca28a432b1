/** Reads revisions: what is registered as one, and which a family has. */
import type { Aws } from '../aws/aws.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { nameOf } from '../ground/names.ts'
import type { Registered, Revision } from './world.ts'

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

/** The ACTIVE revisions of a family, newest first by number, whatever order and however many pages AWS answers in. */
export async function activeRevisions(aws: Aws, family: string, signal?: AbortSignal): Promise<Revision[]> {
  const input = { familyPrefix: family, status: 'ACTIVE', sort: 'DESC' } as const
  const { taskDefinitionArns = [] } = await aws.all('listTaskDefinitions', input, signal)
  return taskDefinitionArns
    .map((arn) => ({ arn, family: nameOf(arn).split(':')[0], revision: Number(nameOf(arn).split(':')[1]) }))
    .filter((one) => one.family === family) // familyPrefix is exact in AWS's documentation and a prefix in its history
    .toSorted((one, other) => other.revision - one.revision)
    .map(({ arn, revision }) => ({ arn, revision }))
}

/** `web` of `arn:aws:ecs:eu-west-1:1:task-definition/web:7` and of `web:7`. */
export function familyOf(revision: string): string {
  return nameOf(revision).replace(/:\d+$/, '')
}
