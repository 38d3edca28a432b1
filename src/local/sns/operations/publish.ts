import { AwsFault } from '../../world/fault.ts'
import { checkMessage } from '../checkMessage.ts'
import type { Operation } from '../../world/operation.ts'
import { findTopic } from '../topic.ts'

/**
 * Keeps a message with its topic, where it can be read back; nobody is sent anything.
 * https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
export const publish: Operation = (input, { region, now, ids }) => {
  const { TopicArn, TargetArn, PhoneNumber, Message, Subject, MessageStructure, MessageAttributes } = input
  if (PhoneNumber !== undefined) {
    throw new AwsFault(
      'InvalidParameter',
      'Invalid parameter: PhoneNumber Reason: the local AWS sends no text messages',
    )
  }
  const arn = TopicArn ?? TargetArn
  if (!arn) {
    throw new AwsFault(
      'InvalidParameter',
      'Invalid parameter: TopicArn or TargetArn Reason: no value for required parameter',
    )
  }
  const { published, attributes } = findTopic(region, arn)
  checkMessage(input, attributes)
  const MessageId = ids.uuid()
  published.push({
    MessageId,
    Message,
    ...(Subject !== undefined && { Subject }),
    ...(MessageStructure !== undefined && { MessageStructure }),
    ...(MessageAttributes && { MessageAttributes }),
    at: now / 1000,
  })
  return { MessageId }
}
