import { describe, expect, it } from 'vitest'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import {
  logGroupName,
  day,
  written,
  put,
  get,
  messages,
  filter,
  append,
  refusedAs,
  noGroup,
  noStream,
} from './logsSupport.ts'
import { localAws, start } from '../support.ts'

describe('A line of a task', () => {
  it('creates its stream when it is missing, and can be read at once', () => {
    const aws = localAws()
    aws.call('logs', 'CreateLogGroup', { logGroupName: '/app' })
    append(aws, '/app', 'web', 'started')
    aws.advance(1500)
    append(aws, '/app', 'web', 'listening')
    append(aws, '/app', 'constructor', 'odd')
    expect(get(aws)['events']).toEqual([
      { timestamp: start, ingestionTime: start, message: 'started' },
      { timestamp: start + 1500, ingestionTime: start + 1500, message: 'listening' },
    ])
    expect(messages(get(aws, { logStreamName: 'constructor' }))).toEqual(['odd'])
  })
})

describe('Log groups and streams', () => {
  it('are created once', () => {
    const aws = written()
    expect(() => aws.call('logs', 'CreateLogGroup', { logGroupName })).toThrow(
      refusedAs('ResourceAlreadyExistsException', 'The specified log group already exists'),
    )
    expect(() => aws.call('logs', 'CreateLogStream', { logGroupName, logStreamName: 'web' })).toThrow(
      refusedAs('ResourceAlreadyExistsException', 'The specified log stream already exists'),
    )
  })

  it.each(['', 'my app', '/app:web', 'a'.repeat(513)])('do not take the group name %j', (name) => {
    expect(() => localAws().call('logs', 'CreateLogGroup', { logGroupName: name })).toThrow(
      refusedAs('InvalidParameterException'),
    )
  })

  it.each(['', 'web:1', 'web*', 'a'.repeat(513)])('do not take the stream name %j', (logStreamName) => {
    expect(() => written().call('logs', 'CreateLogStream', { logGroupName, logStreamName })).toThrow(
      refusedAs('InvalidParameterException'),
    )
  })

  it('do not exist until they are created', () => {
    const aws = written()
    expect(() => get(aws, { logGroupName: '/nope' })).toThrow(noGroup)
    expect(() => get(aws, { logStreamName: 'nope' })).toThrow(noStream)
    expect(() => filter(aws, { logGroupName: '/nope' })).toThrow(noGroup)
    expect(() => filter(aws, { logStreamNames: ['web', 'nope'] })).toThrow(noStream)
    expect(() => aws.call('logs', 'DescribeLogStreams', { logGroupName: '/nope' })).toThrow(noGroup)
    expect(() => aws.call('logs', 'CreateLogStream', { logGroupName: '/nope', logStreamName: 'web' })).toThrow(noGroup)
    const logEvents = [{ timestamp: start, message: 'hello' }]
    const lost = { logGroupName, logStreamName: 'nope', logEvents }
    expect(() => aws.call('logs', 'PutLogEvents', lost)).toThrow(noStream)
  })

  it('are described with their creation time and size', () => {
    const aws = localAws()
    aws.advance(7)
    aws.call('logs', 'CreateLogGroup', { logGroupName, tags: { team: 'a' } })
    append(aws, '/app', 'web', 'häh')
    expect(aws.call('logs', 'DescribeLogGroups').logGroups).toEqual([
      {
        logGroupName,
        creationTime: start + 7,
        metricFilterCount: 0,
        arn: 'arn:aws:logs:us-east-1:123456789012:log-group:/app:*',
        logGroupArn: 'arn:aws:logs:us-east-1:123456789012:log-group:/app',
        storedBytes: 4,
        logGroupClass: 'STANDARD',
      },
    ])
    expect(aws.region.tags['arn:aws:logs:us-east-1:123456789012:log-group:/app']).toEqual([{ key: 'team', value: 'a' }])
  })

  it('are found by prefix, by pattern and by ARN', () => {
    const aws = localAws()
    for (const name of ['/ecs/web', '/ecs/api', '/lambda/WEB'])
      aws.call('logs', 'CreateLogGroup', { logGroupName: name })
    const names = (input: Unchecked): string[] =>
      aws.call('logs', 'DescribeLogGroups', input).logGroups.map((group: Unchecked) => group['logGroupName'])
    expect(names({})).toEqual(['/ecs/api', '/ecs/web', '/lambda/WEB'])
    expect(names({ logGroupNamePrefix: '/ecs' })).toEqual(['/ecs/api', '/ecs/web'])
    expect(names({ logGroupNamePattern: 'web' })).toEqual(['/ecs/web', '/lambda/WEB'])
    expect(names({ logGroupIdentifiers: ['arn:aws:logs:us-east-1:123456789012:log-group:/ecs/api'] })).toEqual([
      '/ecs/api',
    ])
    expect(names({ logGroupClass: 'INFREQUENT_ACCESS' })).toEqual([])
    const both = { logGroupNamePrefix: '/ecs', logGroupNamePattern: 'web' }
    expect(() => names(both)).toThrow(refusedAs('InvalidParameterException'))
    const { nextToken } = aws.call('logs', 'DescribeLogGroups', { limit: 2 })
    expect(names({ limit: 2, nextToken })).toEqual(['/lambda/WEB'])
    expect(() => names({ limit: 51 })).toThrow(refusedAs('InvalidParameterException'))
  })

  it('show the streams by name or by their last event', () => {
    const aws = localAws()
    for (const stream of ['c', 'a', 'b']) {
      append(aws, '/app', stream, 'hello')
      aws.advance(1000)
    }
    append(aws, '/app', 'a', 'again')
    aws.call('logs', 'CreateLogStream', { logGroupName, logStreamName: 'empty' })
    const streams = (input: Unchecked = {}): Unchecked[] =>
      aws.call('logs', 'DescribeLogStreams', { logGroupName, ...input }).logStreams
    const names = (input: Unchecked): string[] => streams(input).map(({ logStreamName }) => logStreamName)
    expect(names({})).toEqual(['a', 'b', 'c', 'empty'])
    expect(names({ descending: true, limit: 2 })).toEqual(['empty', 'c'])
    expect(names({ orderBy: 'LastEventTime' })).toEqual(['empty', 'c', 'b', 'a'])
    expect(names({ logStreamNamePrefix: 'e' })).toEqual(['empty'])
    expect(streams()[0]).toEqual({
      logStreamName: 'a',
      creationTime: start + 1000,
      firstEventTimestamp: start + 1000,
      lastEventTimestamp: start + 3000,
      lastIngestionTime: start + 3000,
      arn: 'arn:aws:logs:us-east-1:123456789012:log-group:/app:log-stream:a',
      storedBytes: 0,
    })
    expect(streams()[3]).not.toHaveProperty('lastEventTimestamp')
    expect(() => names({ orderBy: 'LastEventTime', logStreamNamePrefix: 'e' })).toThrow(
      'Cannot order by LastEventTime with a logStreamNamePrefix.',
    )
    expect(() => names({ orderBy: 'Size' })).toThrow(refusedAs('InvalidParameterException'))
  })
})

describe('PutLogEvents', () => {
  it('keeps a stream in order of time, whatever order events arrive in', () => {
    const aws = written([10, 'b'], [30, 'd'], [20, 'c'], [10, 'b2'], [0, 'a'])
    expect(messages(get(aws))).toEqual(['a', 'b', 'b2', 'c', 'd'])
  })

  it('rejects events that are too old or too new, and says which', () => {
    const aws = written()
    const hour = 3_600_000
    const edge = 14 * day
    expect(put(aws, [-edge - 1, 'old'], [-edge, 'just'])).toEqual({
      rejectedLogEventsInfo: { tooOldLogEventEndIndex: 1 },
    })
    expect(put(aws, [0, 'now'], [2 * hour, 'soon'], [2 * hour + 1, 'new'])).toEqual({
      rejectedLogEventsInfo: { tooNewLogEventStartIndex: 2 },
    })
    expect(put(aws, [1, 'fine'])).toEqual({})
    expect(messages(get(aws))).toEqual(['just', 'now', 'fine', 'soon'])
  })

  it.each<[string, [number, string][]]>([
    ['nothing', []],
    ['an empty message', [[0, '']]],
    [
      'events out of order',
      [
        [1, 'b'],
        [0, 'a'],
      ],
    ],
    [
      'more than a day',
      [
        [-day - 1, 'a'],
        [0, 'b'],
      ],
    ],
    ['10,001 events', Array.from({ length: 10_001 }, () => [0, 'a'])],
    ['more than 1 MiB', [[0, 'a'.repeat(1_048_576 - 25)]]],
  ])('refuses %s and keeps no event', (_, events) => {
    const aws = written()
    expect(() => put(aws, ...events)).toThrow(refusedAs('InvalidParameterException'))
    expect(get(aws)['events']).toEqual([])
  })

  it('accepts events that are exactly a day apart', () => {
    const aws = written()
    put(aws, [-day, 'a'], [0, 'b'])
    expect(messages(get(aws))).toEqual(['a', 'b'])
  })

  it('accepts 10,000 events of one moment', () => {
    const aws = written()
    put(aws, ...Array.from({ length: 10_000 }, (_, index): [number, string] => [0, String(index)]))
    const all = get(aws, { limit: 10_000 })
    expect(messages(all)).toEqual(Array.from({ length: 10_000 }, (_, index) => String(index)))
    expect(messages(get(aws, { limit: 1 }))).toEqual(['9999'])
  })

  it('accepts exactly 1 MiB, counting 26 bytes more for each event', () => {
    const aws = written([0, 'a'.repeat(1_048_576 - 26)])
    expect(get(aws)['events']).toHaveLength(1)
  })
})
