import type { RegisterTaskDefinitionCommandInput, Tag, TaskDefinition } from '@aws-sdk/client-ecs'
import { isTagOfAws, withoutReadOnly } from '../setByAws.ts'

/**
 * What to register for another revision like the one that DescribeTaskDefinition answered, whose tags stand beside it.
 * Only what is AWS's to set is left out: the read-only members, and tags that begin with `aws:`. Members that this
 * version does not know are kept. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskDefinition.html
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Tag.html
 */
export function registerable(taskDefinition: TaskDefinition, tags: readonly Tag[]): RegisterTaskDefinitionCommandInput {
  const own = tags.filter((tag) => !isTagOfAws(tag))
  // AWS refuses an empty list of tags.
  return {
    ...withoutReadOnly(taskDefinition),
    ...(own.length > 0 && { tags: own }),
  } as RegisterTaskDefinitionCommandInput
}
