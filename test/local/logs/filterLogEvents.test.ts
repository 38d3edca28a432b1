import { describe, expect, it } from 'vitest'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import { messages, filter, append, refusedAs } from './logsSupport.ts'
import { localAws, start } from '../support.ts'
import type { TestAws } from '../support.ts'

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
    const ids: string[] = events.map(({ eventId }: Unchecked) => eventId)
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

  it('gives events of one moment by the name of their stream', () => {
    const aws = localAws()
    for (const stream of ['c', 'a', 'b']) append(aws, '/app', stream, stream)
    expect(messages(filter(aws))).toEqual(['a', 'b', 'c'])
    expect(messages(filter(aws, { logStreamNames: ['b', 'a'] }))).toEqual(['a', 'b'])
  })

  it('includes startTime and endTime themselves', () => {
    const input = { startTime: start + 1000, endTime: start + 2000 }
    expect(messages(filter(alternating(), input))).toEqual(['INFO disk ok', 'ERROR net'])
  })

  it('returns every event once over all pages, from either end', () => {
    const aws = alternating()
    const all = (input: Unchecked): string[][] => {
      const page = filter(aws, { limit: 3, ...input })
      const { nextToken } = page
      return [messages(page), ...(nextToken === undefined ? [] : all({ ...input, nextToken }))]
    }
    expect(all({})).toEqual([['ERROR disk full', 'INFO disk ok', 'ERROR net'], ['error net']])
    expect(all({ startFromHead: false })).toEqual([['error net', 'ERROR net', 'INFO disk ok'], ['ERROR disk full']])
  })

  it('ends without a token on a page that is exactly full', () => {
    expect(filter(alternating(), { limit: 4 })).not.toHaveProperty('nextToken')
  })

  it('refuses a limit and a token it cannot have given', () => {
    for (const input of [{ limit: 0 }, { limit: 10_001 }, { nextToken: 'x' }]) {
      expect(() => filter(alternating(), input)).toThrow(refusedAs('InvalidParameterException'))
    }
  })
})
