// Creates a standard topic; the same attributes again return the existing one. There are no FIFO topics here.
// https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
import type { CreateTopicInput, CreateTopicResponse } from '@aws-sdk/client-sns'
import { topicArn } from '../../world/arn.ts'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const createTopic: Operation<CreateTopicInput, CreateTopicResponse> = (
  { Name, Attributes, Tags },
  { region },
): Wire<CreateTopicResponse> => {
  if (Name.endsWith('.fifo') || Attributes?.FifoTopic === 'true') {
    throw new AwsFault('InvalidParameter', 'Invalid parameter: the local AWS has standard topics only')
  }
  if (!/^[A-Za-z0-9_-]{1,256}$/.test(Name)) {
    throw new AwsFault('InvalidParameter', 'Invalid parameter: Topic Name')
  }
  const TopicArn = topicArn(region, Name)
  const existing = region.topics[TopicArn]
  if (existing && Object.entries(Attributes ?? {}).some(([name, value]) => existing.attributes?.[name] !== value)) {
    throw new AwsFault(
      'InvalidParameter',
      'Invalid parameter: Attributes Reason: Topic already exists with different attributes',
    )
  }
  region.topics[TopicArn] ??= { published: [], ...(Attributes && { attributes: Attributes }) }
  if (!existing && Tags) region.tags[TopicArn] = Tags
  return { TopicArn }
}
