import type { RegisterTaskDefinitionCommandInput, Tag, TaskDefinition } from '@aws-sdk/client-ecs'

/** What DescribeTaskDefinition answers and RegisterTaskDefinition does not take. */
const readOnly = new Set([
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'registeredBy',
  'deregisteredAt',
  'deleteRequestedAt',
])

/**
 * What to register for another revision like the one described. Only what AWS fills in is left out: the read-only members,
 * and tags that begin with `aws:`. Members that this version does not know are kept.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskDefinition.html
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Tag.html
 */
export function registerable(
  taskDefinition: TaskDefinition,
  tags: readonly Tag[],
): RegisterTaskDefinitionCommandInput {
  const sent = Object.entries(taskDefinition).filter(([member]) => !readOnly.has(member))
  const ownTags = tags.filter(({ key = '' }) => !/^aws:/i.test(key))
  const input: Partial<RegisterTaskDefinitionCommandInput> = Object.fromEntries(sent)
  // AWS refuses an empty list of tags.
  return { ...input, ...(ownTags.length > 0 && { tags: ownTags }) } as RegisterTaskDefinitionCommandInput
}
