/** The revisions of a family. */
import type { Aws } from '../aws/aws.ts'
import { nameOf } from '../ground/names.ts'
import type { Revision } from './world.ts'

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
