// Deletes a topic and what was published to it; a missing one counts as deleted.
// https://docs.aws.amazon.com/sns/latest/api/API_DeleteTopic.html
import type { DeleteTopicInput } from '@aws-sdk/client-sns'
import type { Nothing, Operation } from '../../world/operation.ts'

export const deleteTopic: Operation<DeleteTopicInput, Nothing> = ({ TopicArn }, { region }): Nothing => {
  delete region.topics[TopicArn]
  delete region.tags[TopicArn]
  return {}
}
