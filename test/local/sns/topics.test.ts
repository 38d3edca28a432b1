import { describe, expect, it } from 'vitest'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import { localAws, start } from '../support.ts'
import type { TestAws } from '../support.ts'

const TopicArn = 'arn:aws:sns:us-east-1:123456789012:deploys'

function deploys(Attributes?: Unchecked): TestAws {
  const aws = localAws()
  aws.call('sns', 'CreateTopic', { Name: 'deploys', ...(Attributes && { Attributes }) })
  return aws
}

const publish = (aws: TestAws, input: Unchecked): Unchecked => aws.call('sns', 'Publish', { TopicArn, ...input })

const invalid = (what: string): object =>
  expect.objectContaining({ code: 'InvalidParameter', message: `Invalid parameter: ${what}`, status: 400 })

const attributes = (StringValue: string): Unchecked => ({ stage: { DataType: 'String', StringValue } })

describe('Publish', () => {
  it('keeps the message as sent, with the id that it returned', () => {
    const aws = deploys()
    aws.advance(250)
    const MessageAttributes = attributes('dev')
    const message = { Message: '{"a": "ä\n✓"}', Subject: 'web is out', MessageAttributes }
    const { MessageId } = publish(aws, message)
    expect(MessageId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    expect(aws.region.topics[TopicArn]?.published).toEqual([{ MessageId, ...message, at: start / 1000 + 0.25 }])
  })

  it('keeps messages in order, each with an id of its own', () => {
    const aws = deploys()
    const ids = ['one', 'two', 'one'].map((Message) => publish(aws, { Message })['MessageId'])
    expect(new Set(ids).size).toBe(3)
    expect(aws.region.topics[TopicArn]?.published.map(({ Message }) => Message)).toEqual(['one', 'two', 'one'])
  })

  it('takes TargetArn for TopicArn', () => {
    const aws = deploys()
    aws.call('sns', 'Publish', { TargetArn: TopicArn, Message: 'hello' })
    expect(aws.region.topics[TopicArn]?.published).toMatchObject([{ Message: 'hello' }])
  })

  it('refuses an unknown topic with status 404', () => {
    const topicArn = `${TopicArn}-not`
    expect(() => publish(deploys(), { TopicArn: topicArn, Message: 'hello' })).toThrow(
      expect.objectContaining({ code: 'NotFound', message: 'Topic does not exist', status: 404 }),
    )
  })

  it('refuses an empty message, and one without a topic', () => {
    const aws = deploys()
    expect(() => publish(aws, { Message: '' })).toThrow(invalid('Empty message'))
    expect(() => aws.call('sns', 'Publish', { Message: 'hello' })).toThrow(
      invalid('TopicArn or TargetArn Reason: no value for required parameter'),
    )
    expect(() => aws.call('sns', 'Publish', { PhoneNumber: '+1', Message: 'hello' })).toThrow(
      expect.objectContaining({ code: 'InvalidParameter' }),
    )
  })

  it('accepts 262,144 bytes of UTF-8 and not one more', () => {
    const aws = deploys()
    publish(aws, { Message: 'a'.repeat(262_144) })
    publish(aws, { Message: 'ä'.repeat(131_072) })
    expect(() => publish(aws, { Message: 'a'.repeat(262_145) })).toThrow(invalid('Message too long'))
    expect(() => publish(aws, { Message: `${'ä'.repeat(131_072)}a` })).toThrow(invalid('Message too long'))
    expect(aws.region.topics[TopicArn]?.published).toHaveLength(2)
  })

  it('counts names, types and values of the attributes with the message', () => {
    const aws = deploys()
    const Message = 'a'.repeat(262_144 - 'stageStringdev'.length)
    publish(aws, { Message, MessageAttributes: attributes('dev') })
    expect(() => publish(aws, { Message, MessageAttributes: attributes('prod') })).toThrow(invalid('Message too long'))
  })

  it('accepts more where the topic’s MaximumMessageSize says so', () => {
    const aws = deploys({ MaximumMessageSize: '300000' })
    publish(aws, { Message: 'a'.repeat(300_000) })
    expect(() => publish(aws, { Message: 'a'.repeat(300_001) })).toThrow(invalid('Message too long'))
  })

  it.each(['a'.repeat(100), 'two\nlines', 'bell\u0007', ' indented', 'tab\there'])(
    'refuses the subject %j',
    (Subject) => {
      const aws = deploys()
      expect(() => publish(aws, { Message: 'hello', Subject })).toThrow(invalid('Subject'))
      expect(aws.region.topics[TopicArn]?.published).toEqual([])
    },
  )

  it.each(['a'.repeat(99), 'über ✓', '[web] v1.2.3 is out!'])('takes the subject %j', (Subject) => {
    const aws = deploys()
    publish(aws, { Message: 'hello', Subject })
    expect(aws.region.topics[TopicArn]?.published).toMatchObject([{ Subject }])
  })

  it('requires a default text in a message of structure json', () => {
    const aws = deploys()
    const structured = (Message: string): Unchecked => publish(aws, { Message, MessageStructure: 'json' })
    structured('{"default":"hello"}')
    expect(aws.region.topics[TopicArn]?.published).toMatchObject([{ MessageStructure: 'json' }])
    expect(() => structured('hello')).toThrow(invalid('Message Structure - JSON message body failed to parse'))
    for (const message of ['{}', 'null', '{"default":1}']) {
      expect(() => structured(message)).toThrow(invalid('Message Structure - No default entry in JSON message body'))
    }
    expect(() => publish(aws, { Message: 'hello', MessageStructure: 'xml' })).toThrow(invalid('MessageStructure'))
  })

  it('refuses an attribute without a value', () => {
    const MessageAttributes = { stage: { DataType: 'String' } }
    expect(() => publish(deploys(), { Message: 'hello', MessageAttributes })).toThrow(
      expect.objectContaining({
        code: 'ParameterValueInvalid',
        message: "The message attribute 'stage' must contain non-empty message attribute value.",
      }),
    )
  })
})

describe('A topic', () => {
  it('is created once: the same ARN is returned again, and published messages stay', () => {
    const aws = deploys()
    publish(aws, { Message: 'hello' })
    expect(aws.call('sns', 'CreateTopic', { Name: 'deploys' })).toEqual({ TopicArn })
    expect(aws.region.topics[TopicArn]?.published).toHaveLength(1)
  })

  it('is not created again with other attributes', () => {
    const aws = deploys({ DisplayName: 'Deploys' })
    const again = (DisplayName: string): Unchecked =>
      aws.call('sns', 'CreateTopic', { Name: 'deploys', Attributes: { DisplayName } })
    expect(again('Deploys')).toEqual({ TopicArn })
    expect(() => again('Other')).toThrow(invalid('Attributes Reason: Topic already exists with different attributes'))
  })

  it('cannot be a FIFO topic: that is refused, not ignored', () => {
    const input = { Name: 'deploys', Attributes: { FifoTopic: 'true' } }
    expect(() => localAws().call('sns', 'CreateTopic', input)).toThrow(
      invalid('the local AWS has standard topics only'),
    )
  })

  it('has the tags it was created with', () => {
    const aws = localAws()
    const made = (Value: string): Unchecked =>
      aws.call('sns', 'CreateTopic', { Name: 'deploys', Tags: [{ Key: 'team', Value }] })
    made('a')
    made('b')
    expect(aws.region.tags[TopicArn]).toEqual([{ Key: 'team', Value: 'a' }])
    expect(deploys().region.tags).toEqual({})
  })

  it.each(['', 'my topic', 'deploys.fifo', 'a'.repeat(257)])('is not made with the name %j', (Name) => {
    const aws = localAws()
    expect(() => aws.call('sns', 'CreateTopic', { Name })).toThrow(
      expect.objectContaining({ code: 'InvalidParameter' }),
    )
    expect(aws.region.topics).toEqual({})
  })

  it('shows its attributes', () => {
    const { Attributes } = deploys({ DisplayName: 'Deploys' }).call('sns', 'GetTopicAttributes', { TopicArn })
    expect(Attributes).toEqual({
      TopicArn,
      DisplayName: 'Deploys',
      Owner: '123456789012',
      SubscriptionsConfirmed: '0',
      SubscriptionsPending: '0',
      SubscriptionsDeleted: '0',
    })
    expect(() => localAws().call('sns', 'GetTopicAttributes', { TopicArn })).toThrow('Topic does not exist')
  })

  it('is gone once it is deleted, and may be deleted twice', () => {
    const aws = deploys()
    aws.call('sns', 'DeleteTopic', { TopicArn })
    aws.call('sns', 'DeleteTopic', { TopicArn })
    expect(aws.region.topics).toEqual({})
    expect(() => publish(aws, { Message: 'hello' })).toThrow('Topic does not exist')
  })

  it('is listed, 100 to a page', () => {
    const aws = localAws()
    for (let index = 0; index < 101; index += 1) aws.call('sns', 'CreateTopic', { Name: `t${index}` })
    const { Topics, NextToken } = aws.call('sns', 'ListTopics')
    expect(Topics).toHaveLength(100)
    expect(aws.call('sns', 'ListTopics', { NextToken })).toEqual({
      Topics: [{ TopicArn: 'arn:aws:sns:us-east-1:123456789012:t100' }],
    })
    expect(() => aws.call('sns', 'ListTopics', { NextToken: 'x' })).toThrow(
      expect.objectContaining({ code: 'InvalidParameter' }),
    )
  })
})
