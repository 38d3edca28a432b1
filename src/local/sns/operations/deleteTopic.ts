import type { Operation } from '../../world/operation.ts'

/**
 * Deletes a topic and what was published to it; one that is not there is deleted already.
 * https://docs.aws.amazon.com/sns/latest/api/API_DeleteTopic.html
 */
export const deleteTopic: Operation = ({ TopicArn }, { region }) => {
  delete region.topics[TopicArn]
  delete region.tags[TopicArn]
  return {}
}
