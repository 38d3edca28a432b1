// Keeps a message with its topic, where it can be read back; it is sent to nobody.
// https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
import type { PublishInput, PublishResponse } from '@aws-sdk/client-sns'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { parseJson, parseObject } from '../../world/parseJson.ts'
import { findTopic } from '../topic.ts'

export const publish: Operation<PublishInput, PublishResponse> = (
  input,
  { region, now, ids },
): Wire<PublishResponse> => {
  const { TopicArn, TargetArn, PhoneNumber, Message, Subject, MessageStructure, MessageAttributes } = input
  if (PhoneNumber !== undefined) refuse('PhoneNumber Reason: the local AWS sends no text messages')
  const arn = TopicArn ?? TargetArn
  if (!arn) refuse('TopicArn or TargetArn Reason: no value for required parameter')
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

/** What SNS takes unless a topic's MaximumMessageSize says otherwise: 256 KiB, the attributes counted with the message. */
const defaultSize = 262_144

/** Refuses a Publish input that SNS would refuse. https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
function checkMessage(input: Wire<PublishInput>, attributes: Readonly<Record<string, string>> = {}): void {
  const { Message, Subject, MessageStructure, MessageAttributes = {} } = input
  if (Message === '') refuse('Empty message')
  if (Subject !== undefined && !isSubject(Subject)) refuse('Subject')
  if (MessageStructure !== undefined && MessageStructure !== 'json') refuse('MessageStructure')
  for (const [name, { StringValue, BinaryValue }] of Object.entries(MessageAttributes)) {
    if (StringValue || BinaryValue) continue
    throw new AwsFault(
      'ParameterValueInvalid',
      `The message attribute '${name}' must contain non-empty message attribute value.`,
    )
  }
  if (sizeOf(input) > Number(attributes.MaximumMessageSize ?? defaultSize)) refuse('Message too long')
  if (MessageStructure === 'json') checkDefault(Message)
}

/** Less than 100 characters, without line breaks and control characters, and not blank at its begin. */
const isSubject = (subject: string): boolean => /^[^\s\p{Cc}]\P{Cc}{0,98}$/u.test(subject)

/** Bytes of UTF-8, of the message and of each attribute's name, type and value. */
function sizeOf({ Message, MessageAttributes = {} }: Wire<PublishInput>): number {
  const attributes = Object.entries(MessageAttributes).map(
    ([name, { DataType, StringValue = '', BinaryValue = '' }]) =>
      Buffer.byteLength(name + DataType + StringValue) + Buffer.byteLength(BinaryValue, 'base64'),
  )
  return attributes.reduce((sum, size) => sum + size, Buffer.byteLength(Message))
}

/** With MessageStructure `json` the message holds a text for each protocol, and one for all the others. */
function checkDefault(message: string): void {
  if (parseJson(message) === undefined) refuse('Message Structure - JSON message body failed to parse')
  if (typeof parseObject(message)?.['default'] !== 'string')
    refuse('Message Structure - No default entry in JSON message body')
}

function refuse(what: string): never {
  throw new AwsFault('InvalidParameter', `Invalid parameter: ${what}`)
}
