// What to register to get another revision like an existing one.
import type { RegisterTaskDefinitionCommandInput, Tag, TaskDefinition } from '@aws-sdk/client-ecs'
import { isPlain } from '../ground/shown.ts'
import { isRecordTag } from './recordTags.ts'

/**
 * What to register for another revision like the one that DescribeTaskDefinition answered, whose tags stand beside it.
 * Left out is what is AWS's to set, the read-only members and tags that begin with `aws:`, and what --record said of the
 * existing one, which another commit made. Members that this version does not know are kept. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskDefinition.html
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Tag.html
 */
export function registerable(taskDefinition: TaskDefinition, tags: readonly Tag[]): RegisterTaskDefinitionCommandInput {
  const own = tags.filter(isContent)
  // AWS refuses an empty list of tags.
  return {
    ...withoutReadOnly(taskDefinition),
    ...(own.length > 0 && { tags: own }),
  } as RegisterTaskDefinitionCommandInput
}

/** What DescribeTaskDefinition answers and RegisterTaskDefinition does not take. */
export const readOnly: readonly string[] = [
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'registeredBy',
  'deregisteredAt',
  'deleteRequestedAt',
]

/** The members of a task definition that can be registered; its tags, where it has them, as they are. */
export function withoutReadOnly(taskDefinition: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(taskDefinition).filter(([member]) => !readOnly.includes(member)))
}

/** What was found in place of a task definition to register. */
interface Answered {
  readonly members: Record<string, unknown>
  readonly tags?: unknown
  /** Whether it is AWS's whole answer, in which the tags stand beside the task definition. */
  readonly isAnswer: boolean
  /** The read-only members that were left out. */
  readonly left: readonly string[]
}

/** What can be registered of RegisterTaskDefinition's input or of DescribeTaskDefinition's answer, whole or its main member. */
export function answered(value: Record<string, unknown>): Answered {
  const { taskDefinition } = value
  const isAnswer = isPlain(taskDefinition)
  const { tags, ...members } = isAnswer ? taskDefinition : value
  return {
    members: withoutReadOnly(members),
    tags: isAnswer ? (value['tags'] ?? tags) : tags,
    isAnswer,
    left: Object.keys(members).filter((member) => readOnly.includes(member)),
  }
}

/** Whether a tag is a part of what is registered: AWS's own and those of --record only say how it came about. */
export function isContent(tag: { readonly key?: string | undefined }): boolean {
  return !isTagOfAws(tag) && !isRecordTag(tag)
}

/** Tags that begin with `aws:` are set by AWS, as by CloudFormation, and by nobody else. */
function isTagOfAws({ key = '' }: { readonly key?: string | undefined }): boolean {
  return /^aws:/i.test(key)
}
