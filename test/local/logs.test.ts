import { describe, expect, it } from 'vitest'
import { idsOf } from '../../src/local/ids.ts'
import { appendLog } from '../../src/local/logs.ts'
import type { Wire } from '../../src/local/operation.ts'
import { localAws, start } from './support.ts'
import type { TestAws } from './support.ts'

const logGroupName = '/app'
const day = 86_400_000

/** A world with the group `/app` and the stream `web`, in it the messages at so many milliseconds after the start. */
function written(...events: [after: number, message: string][]): TestAws {
  const aws = localAws()
  aws.call('logs', 'CreateLogGroup', { logGroupName })
  aws.call('logs', 'CreateLogStream', { logGroupName, logStreamName: 'web' })
  for (const [after, message] of events) put(aws, [after, message])
  return aws
}

const put = (aws: TestAws, ...events: [after: number, message: string][]): Wire =>
  aws.call('logs', 'PutLogEvents', {
    logGroupName,
    logStreamName: 'web',
    logEvents: events.map(([after, message]) => ({ timestamp: start + after, message })),
  })

const get = (aws: TestAws, input: Wire = {}): Wire =>
  aws.call('logs', 'GetLogEvents', { logGroupName, logStreamName: 'web', ...input })

const messages = ({ events }: Wire): string[] => events.map(({ message }: Wire) => message)

const filter = (aws: TestAws, input: Wire = {}): Wire => aws.call('logs', 'FilterLogEvents', { logGroupName, ...input })

const append = (aws: TestAws, group: string, stream: string, message: string): void =>
  appendLog({ region: aws.region, now: aws.now, ids: idsOf(aws.world) }, group, stream, message)

const refusedAs = (code: string, message?: string): object =>
  expect.objectContaining({ code, status: 400, ...(message && { message }) })

const noGroup = refusedAs('ResourceNotFoundException', 'The specified log group does not exist.')
const noStream = refusedAs('ResourceNotFoundException', 'The specified log stream does not exist.')

const oneToNine: [number, string][] = Array.from({ length: 9 }, (_, index) => [index, String(index + 1)])

describe('A line of a task', () => {
  it('makes its group and stream where they are missing, and is there at once', () => {
    const aws = localAws()
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
  it('are made once', () => {
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

  it('do not exist until somebody makes them', () => {
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

  it('are described with when they were made and what is in them', () => {
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
    const names = (input: Wire): string[] =>
      aws.call('logs', 'DescribeLogGroups', input).logGroups.map((group: Wire) => group['logGroupName'])
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
    const streams = (input: Wire = {}): Wire[] =>
      aws.call('logs', 'DescribeLogStreams', { logGroupName, ...input }).logStreams
    const names = (input: Wire): string[] => streams(input).map(({ logStreamName }) => logStreamName)
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
  it('keeps a stream in order of time, whenever events come in', () => {
    const aws = written([10, 'b'], [30, 'd'], [20, 'c'], [10, 'b2'], [0, 'a'])
    expect(messages(get(aws))).toEqual(['a', 'b', 'b2', 'c', 'd'])
  })

  it('leaves out what is too old or too new, and says which', () => {
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
  ])('refuses %s and keeps none of it', (_, events) => {
    const aws = written()
    expect(() => put(aws, ...events)).toThrow(refusedAs('InvalidParameterException'))
    expect(get(aws)['events']).toEqual([])
  })

  it('takes events that are exactly a day apart', () => {
    const aws = written()
    put(aws, [-day, 'a'], [0, 'b'])
    expect(messages(get(aws))).toEqual(['a', 'b'])
  })

  it('takes exactly 1 MiB, each event counted with 26 bytes more', () => {
    const aws = written([0, 'a'.repeat(1_048_576 - 26)])
    expect(get(aws)['events']).toHaveLength(1)
  })
})

describe('GetLogEvents', () => {
  it('gives the newest events unless it starts from the head, in order of time either way', () => {
    const aws = written(...oneToNine)
    expect(messages(get(aws, { limit: 3 }))).toEqual(['7', '8', '9'])
    expect(messages(get(aws, { limit: 3, startFromHead: true }))).toEqual(['1', '2', '3'])
  })

  it('goes forward page by page until the token it gives is the one it was given', () => {
    const aws = written(...oneToNine)
    const pages: string[][] = []
    let token: string | undefined
    for (;;) {
      const page = get(aws, { limit: 4, startFromHead: true, nextToken: token })
      pages.push(messages(page))
      if (page['nextForwardToken'] === token) break
      token = page['nextForwardToken']
    }
    expect(pages).toEqual([['1', '2', '3', '4'], ['5', '6', '7', '8'], ['9'], []])
  })

  it('goes backward page by page in the same way', () => {
    const aws = written(...oneToNine)
    const pages: string[][] = []
    let token: string | undefined
    for (;;) {
      const page = get(aws, { limit: 4, nextToken: token })
      pages.push(messages(page))
      if (page['nextBackwardToken'] === token) break
      token = page['nextBackwardToken']
    }
    expect(pages).toEqual([['6', '7', '8', '9'], ['2', '3', '4', '5'], ['1'], []])
  })

  it('turns round without losing or repeating an event', () => {
    const aws = written(...oneToNine)
    const first = get(aws, { limit: 4, startFromHead: true })
    const second = get(aws, { limit: 4, nextToken: first['nextForwardToken'] })
    expect(messages(get(aws, { limit: 4, nextToken: second['nextBackwardToken'] }))).toEqual(['1', '2', '3', '4'])
    const last = get(aws, { limit: 4 })
    const beforeLast = get(aws, { limit: 4, nextToken: last['nextBackwardToken'] })
    expect(messages(get(aws, { limit: 4, nextToken: beforeLast['nextForwardToken'] }))).toEqual(['6', '7', '8', '9'])
  })

  it('follows a stream: the token of its end goes on when there is more', () => {
    const aws = written()
    const empty = get(aws, { startFromHead: true })
    expect(empty['events']).toEqual([])
    expect(get(aws, { nextToken: empty['nextForwardToken'] })['nextForwardToken']).toBe(empty['nextForwardToken'])
    put(aws, [0, 'a'])
    const one = get(aws, { nextToken: empty['nextForwardToken'] })
    expect(messages(one)).toEqual(['a'])
    put(aws, [0, 'b'], [5, 'c'])
    expect(messages(get(aws, { nextToken: one['nextForwardToken'] }))).toEqual(['b', 'c'])
  })

  it('keeps its place when an older event comes in late', () => {
    const aws = written([10, 'b'], [20, 'c'], [30, 'd'])
    const first = get(aws, { limit: 2, startFromHead: true })
    put(aws, [0, 'a'])
    expect(messages(get(aws, { nextToken: first['nextForwardToken'] }))).toEqual(['d'])
    expect(messages(get(aws, { nextToken: first['nextBackwardToken'] }))).toEqual([])
  })

  it('takes startTime with and endTime without the moment itself, over all pages', () => {
    const aws = written(...oneToNine)
    const range = { startTime: start + 2, endTime: start + 5 }
    expect(messages(get(aws, range))).toEqual(['3', '4', '5'])
    const first = get(aws, { ...range, limit: 2, startFromHead: true })
    const second = get(aws, { ...range, limit: 2, nextToken: first['nextForwardToken'] })
    expect([messages(first), messages(second)]).toEqual([['3', '4'], ['5']])
    const end = get(aws, { ...range, limit: 2, nextToken: second['nextForwardToken'] })
    expect([messages(end), end['nextForwardToken']]).toEqual([[], second['nextForwardToken']])
    const back = get(aws, { ...range, nextToken: first['nextBackwardToken'] })
    expect([messages(back), back['nextBackwardToken']]).toEqual([[], first['nextBackwardToken']])
  })

  it('gives at most 1 MB a page, and the rest on the next', () => {
    const big = 'a'.repeat(600_000)
    const aws = written([0, big], [1, big], [2, big])
    const first = get(aws, { startFromHead: true })
    expect(first['events']).toHaveLength(1)
    expect(get(aws, { nextToken: first['nextForwardToken'] })['events']).toHaveLength(1)
  })

  it('takes the group by name or by ARN, and wants exactly one of them', () => {
    const aws = written([0, 'a'])
    const logGroupIdentifier = 'arn:aws:logs:us-east-1:123456789012:log-group:/app:*'
    expect(messages(get(aws, { logGroupName: undefined, logGroupIdentifier }))).toEqual(['a'])
    expect(messages(get(aws, { logGroupName: undefined, logGroupIdentifier: '/app' }))).toEqual(['a'])
    expect(() => get(aws, { logGroupIdentifier })).toThrow(refusedAs('InvalidParameterException'))
    expect(() => get(aws, { logGroupName: undefined })).toThrow(refusedAs('InvalidParameterException'))
  })

  it.each([{ limit: 0 }, { limit: 10_001 }, { limit: 1.5 }, { nextToken: 'x' }, { nextToken: 'f/1' }])(
    'refuses %j',
    (input) => {
      expect(() => get(written([0, 'a']), input)).toThrow(refusedAs('InvalidParameterException'))
    },
  )
})

/** Two streams whose events alternate in time. */
function alternating(): TestAws {
  const aws = localAws()
  for (const [index, message] of ['ERROR disk full', 'INFO disk ok', 'ERROR net', 'error net'].entries()) {
    append(aws, '/app', index % 2 === 0 ? 'web/1' : 'api/1', message)
    aws.advance(1000)
  }
  return aws
}

describe('FilterLogEvents', () => {
  it('gives the events of all streams in order of time, each with its stream and an id of its own', () => {
    const { events, searchedLogStreams } = filter(alternating())
    expect(searchedLogStreams).toEqual([])
    expect(events).toMatchObject([
      { logStreamName: 'web/1', timestamp: start, ingestionTime: start, message: 'ERROR disk full' },
      { logStreamName: 'api/1', timestamp: start + 1000, ingestionTime: start + 1000, message: 'INFO disk ok' },
      { logStreamName: 'web/1', timestamp: start + 2000, ingestionTime: start + 2000, message: 'ERROR net' },
      { logStreamName: 'api/1', timestamp: start + 3000, ingestionTime: start + 3000, message: 'error net' },
    ])
    const ids: string[] = events.map(({ eventId }: Wire) => eventId)
    expect(new Set(ids).size).toBe(4)
    for (const id of ids) expect(id).toMatch(/^\d{56}$/)
  })

  it.each([
    ['', 4],
    ['ERROR', 2],
    ['disk ERROR', 1],
    ['"disk ok"', 1],
    ['"ok disk"', 0],
    ['disk -ERROR', 1],
    ['-"disk full" -net', 1],
    ['"{"', 0],
  ])('with the pattern %j finds %i of them', (filterPattern, count) => {
    expect(filter(alternating(), { filterPattern })['events']).toHaveLength(count)
  })

  it.each(['{ $.level = "error" }', '[level, text]', '?ERROR ?WARN', '%err.*%', 'a{b', 'exit-code', '"open', '-'])(
    'refuses the pattern %j rather than to find the wrong thing',
    (filterPattern) => {
      expect(() => filter(alternating(), { filterPattern })).toThrow(refusedAs('InvalidParameterException'))
    },
  )

  it('takes streams by name or by prefix, not by both', () => {
    const aws = alternating()
    expect(messages(filter(aws, { logStreamNames: ['api/1'] }))).toEqual(['INFO disk ok', 'error net'])
    expect(messages(filter(aws, { logStreamNamePrefix: 'web/' }))).toEqual(['ERROR disk full', 'ERROR net'])
    const names = Array.from({ length: 101 }, () => 'api/1')
    expect(filter(aws, { logStreamNames: names.slice(0, 100) })['events']).not.toEqual([])
    for (const input of [{ logStreamNames: ['api/1'], logStreamNamePrefix: 'web/' }, { logStreamNames: names }]) {
      expect(() => filter(aws, input)).toThrow(refusedAs('InvalidParameterException'))
    }
  })

  it('takes startTime and endTime with the moment itself', () => {
    const input = { startTime: start + 1000, endTime: start + 2000 }
    expect(messages(filter(alternating(), input))).toEqual(['INFO disk ok', 'ERROR net'])
  })

  it('gives every event once over all pages, from either end', () => {
    const aws = alternating()
    const all = (input: Wire): string[][] => {
      const page = filter(aws, { limit: 3, ...input })
      const { nextToken } = page
      return [messages(page), ...(nextToken === undefined ? [] : all({ ...input, nextToken }))]
    }
    expect(all({})).toEqual([['ERROR disk full', 'INFO disk ok', 'ERROR net'], ['error net']])
    expect(all({ startFromHead: false })).toEqual([['error net', 'ERROR net', 'INFO disk ok'], ['ERROR disk full']])
  })

  it('ends without a token on a page that is just full', () => {
    expect(filter(alternating(), { limit: 4 })).not.toHaveProperty('nextToken')
  })

  it('refuses a limit and a token it cannot have given', () => {
    for (const input of [{ limit: 0 }, { limit: 10_001 }, { nextToken: 'x' }]) {
      expect(() => filter(alternating(), input)).toThrow(refusedAs('InvalidParameterException'))
    }
  })
})
