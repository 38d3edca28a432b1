import type { GetLogEventsCommandInput, GetLogEventsCommandOutput } from '@aws-sdk/client-cloudwatch-logs'
import { describe, expect, it } from 'vitest'
import { type Transport, openAws } from '../../src/aws/aws.ts'
import { lastLines, logStreamOf, tail } from '../../src/rollout/logStream.ts'
import { handClock } from '../handClock.ts'

const taskArn = 'arn:aws:ecs:eu-west-1:123456789012:task/main/0123abcd'
const awslogs = (options: Record<string, string> = {}) => ({
  containerDefinitions: [
    {
      name: 'web',
      logConfiguration: {
        logDriver: 'awslogs' as const,
        options: { 'awslogs-group': '/app', 'awslogs-stream-prefix': 'ecs', ...options },
      },
    },
    { name: 'router', logConfiguration: { logDriver: 'awsfirelens' as const } },
    { name: 'plain' },
  ],
})

describe('the log stream of a container', () => {
  it('is prefix, container and task id', () => {
    expect(logStreamOf(awslogs(), 'web', taskArn)).toEqual({ logGroupName: '/app', logStreamName: 'ecs/web/0123abcd' })
  })

  it('is the same for a task ARN of the old form, and with the region of the task spelled out', () => {
    const old = 'arn:aws:ecs:eu-west-1:123456789012:task/0123abcd'
    const expected = { logGroupName: '/app', logStreamName: 'ecs/web/0123abcd' }
    expect(logStreamOf(awslogs({ 'awslogs-region': 'eu-west-1' }), 'web', old)).toEqual(expected)
  })

  it.each([
    ['router', {}, 'container router logs with awsfirelens, which ecs-task cannot read'],
    ['plain', {}, 'container plain has no logConfiguration, so its logs are not kept'],
    ['injected', {}, 'container injected has no logConfiguration, so its logs are not kept'],
    ['web', { 'awslogs-group': '' }, 'container web logs with awslogs, but names no awslogs-group'],
    ['web', { 'awslogs-region': 'us-east-1' }, 'container web logs to /app in us-east-1, which ecs-task does not read'],
    [
      'web',
      { 'awslogs-stream-prefix': '' },
      'container web has no awslogs-stream-prefix, so ecs-task cannot tell its stream in /app',
    ],
  ])('of %s with %j cannot be read, and says why', (container, options, note) => {
    expect(logStreamOf(awslogs(options), container, taskArn)).toEqual({ note })
  })
})

type Page = Omit<GetLogEventsCommandOutput, '$metadata'>

/** AWS that answers with each of these in turn, the last one again and again; errors are thrown. */
function answering(...pages: readonly (Page | Error)[]) {
  const asked: GetLogEventsCommandInput[] = []
  const transport: Transport = async (_, input) => {
    const page = pages[Math.min(asked.length, pages.length - 1)]
    asked.push(input as GetLogEventsCommandInput)
    if (page instanceof Error) throw page
    return { $metadata: {}, ...page } as never
  }
  return {
    asked,
    aws: openAws({ transport, clock: handClock(0), listener: { finished() {}, failed() {}, retried() {} } }),
  }
}

const refusal = (name: string, message = name): Error =>
  Object.assign(new Error(message), { name, $fault: 'client', $metadata: { httpStatusCode: 400 } })
const absent = refusal('ResourceNotFoundException')
const events = (...messages: string[]) => messages.map((message, timestamp) => ({ message, timestamp }))

describe('the last lines', () => {
  const last = (aws: ReturnType<typeof answering>['aws'], most = 2) =>
    lastLines(aws, { taskDefinition: awslogs(), container: 'web', taskArn, most })
  const of = { container: 'web', taskArn }

  it('are read from the end in one call', async () => {
    const { aws, asked } = answering({ events: events('one', 'two\n'), nextBackwardToken: 'b/1' })
    expect(await last(aws)).toEqual({ ...of, lines: ['one', 'two'] })
    expect(asked).toEqual([{ logGroupName: '/app', logStreamName: 'ecs/web/0123abcd', limit: 2, startFromHead: false }])
  })

  it('are lines, not events: an event with a stack trace shows no more of them than asked for', async () => {
    const { aws } = answering({ events: events('before', 'Error\r\n  at a\n  at b') })
    expect((await last(aws)).lines).toEqual(['  at a', '  at b'])
  })

  it('are behind an empty page, if there are any', async () => {
    const { aws, asked } = answering(
      { events: [], nextBackwardToken: 'b/2' },
      { events: events('x'), nextBackwardToken: 'b/1' },
    )
    expect((await last(aws)).lines).toEqual(['x'])
    expect(asked[1]).toMatchObject({ nextToken: 'b/2' })
  })

  it('of an empty stream are searched for no further than its beginning', async () => {
    const { aws, asked } = answering({ events: [], nextBackwardToken: 'b/same' })
    expect(await last(aws)).toEqual({ ...of, lines: [], note: 'it logged nothing' })
    expect(asked).toHaveLength(2)
  })

  it.each([
    [absent, 'it logged nothing'],
    [refusal('AccessDeniedException'), 'its log could not be read: the permission logs:GetLogEvents is missing'],
    [refusal('InvalidParameterException', 'no'), 'its log could not be read: InvalidParameterException: no'],
  ])('that AWS refuses (%s) are a note, never an error', async (error, note) => {
    expect(await last(answering(error).aws)).toEqual({ ...of, lines: [], note })
  })

  it('of a container that logs elsewhere are not read', async () => {
    const { aws, asked } = answering(absent)
    const log = await lastLines(aws, { taskDefinition: awslogs(), container: 'router', taskArn, most: 2 })
    expect(log).toMatchObject({ lines: [], note: expect.stringContaining('awsfirelens') })
    expect(asked).toEqual([])
  })
})

describe('reading a stream as it grows', () => {
  const stream = { logGroupName: '/app', logStreamName: 's' }
  const messages = async (read: ReturnType<typeof tail>) => (await read()).map(({ message }) => message)

  it('goes on past empty pages until the token repeats, and continues there the next time', async () => {
    const { aws, asked } = answering(
      { events: events('one'), nextForwardToken: 'f/1' },
      { events: [], nextForwardToken: 'f/2' },
      { events: events('two'), nextForwardToken: 'f/3' },
      { events: [], nextForwardToken: 'f/3' },
      { events: events('three'), nextForwardToken: 'f/4' },
      { events: [], nextForwardToken: 'f/4' },
    )
    const read = tail(aws, stream)
    expect(await messages(read)).toEqual(['one', 'two'])
    expect(await messages(read)).toEqual(['three'])
    expect(asked.map(({ nextToken }) => nextToken)).toEqual([undefined, 'f/1', 'f/2', 'f/3', 'f/3', 'f/4'])
    expect(asked.every(({ startFromHead }) => startFromHead)).toBe(true)
  })

  it('has nothing yet of a stream that does not exist', async () => {
    const { aws } = answering(
      absent,
      { events: events('one'), nextForwardToken: 'f/1' },
      { events: [], nextForwardToken: 'f/1' },
    )
    const read = tail(aws, stream)
    expect(await messages(read)).toEqual([])
    expect(await messages(read)).toEqual(['one'])
  })

  it('that breaks off in the middle loses nothing that it had read', async () => {
    const { aws } = answering(
      { events: events('one'), nextForwardToken: 'f/1' },
      refusal('AccessDeniedException'),
      { events: events('two'), nextForwardToken: 'f/2' },
      { events: [], nextForwardToken: 'f/2' },
    )
    const read = tail(aws, stream)
    await expect(read()).rejects.toThrow('AccessDeniedException')
    expect(await messages(read)).toEqual(['one', 'two'])
  })

  it('ends even when the container never stops writing', async () => {
    let page = 0
    const transport: Transport = async () =>
      ({
        $metadata: {},
        events: events(...Array.from({ length: 1000 }, () => 'x')),
        nextForwardToken: `f/${page++}`,
      }) as never
    const aws = openAws({ transport, clock: handClock(0), listener: { finished() {}, failed() {}, retried() {} } })
    expect(await tail(aws, stream)()).toHaveLength(10_000)
  })
})
