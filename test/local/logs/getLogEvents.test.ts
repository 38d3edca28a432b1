import { describe, expect, it } from 'vitest'
import { written, put, get, messages, refusedAs, oneToNine } from './logsSupport.ts'
import { start } from '../support.ts'

describe('GetLogEvents', () => {
  it('returns the newest events unless it starts from the head, in order of time either way', () => {
    const aws = written(...oneToNine)
    expect(messages(get(aws, { limit: 3 }))).toEqual(['7', '8', '9'])
    expect(messages(get(aws, { limit: 3, startFromHead: true }))).toEqual(['1', '2', '3'])
  })

  it('goes forward page by page until it returns the token it was given', () => {
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

  it('reverses direction without losing or repeating an event', () => {
    const aws = written(...oneToNine)
    const first = get(aws, { limit: 4, startFromHead: true })
    const second = get(aws, { limit: 4, nextToken: first['nextForwardToken'] })
    expect(messages(get(aws, { limit: 4, nextToken: second['nextBackwardToken'] }))).toEqual(['1', '2', '3', '4'])
    const last = get(aws, { limit: 4 })
    const beforeLast = get(aws, { limit: 4, nextToken: last['nextBackwardToken'] })
    expect(messages(get(aws, { limit: 4, nextToken: beforeLast['nextForwardToken'] }))).toEqual(['6', '7', '8', '9'])
  })

  it('follows a stream: the last token returns later events', () => {
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

  it('includes startTime and excludes endTime, over all pages', () => {
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

  it('returns at most 1 MB a page, and the rest on the next', () => {
    const big = 'a'.repeat(600_000)
    const aws = written([0, big], [1, big], [2, big])
    const first = get(aws, { startFromHead: true })
    expect(first['events']).toHaveLength(1)
    expect(get(aws, { nextToken: first['nextForwardToken'] })['events']).toHaveLength(1)
    const half = 'a'.repeat(524_288)
    expect(get(written([0, half], [1, half]))['events']).toHaveLength(2)
  })

  it('takes the group by name or by ARN, and requires exactly one of them', () => {
    const aws = written([0, 'a'])
    const logGroupIdentifier = 'arn:aws:logs:us-east-1:123456789012:log-group:/app:*'
    expect(messages(get(aws, { logGroupName: undefined, logGroupIdentifier }))).toEqual(['a'])
    expect(messages(get(aws, { logGroupName: undefined, logGroupIdentifier: '/app' }))).toEqual(['a'])
    expect(() => get(aws, { logGroupIdentifier })).toThrow(refusedAs('InvalidParameterException'))
    expect(() => get(aws, { logGroupName: undefined })).toThrow(refusedAs('InvalidParameterException'))
  })

  it.each([{ limit: 0 }, { limit: 10_001 }, { nextToken: 'x' }, { nextToken: 'f/1' }])('refuses %j', (input) => {
    expect(() => get(written([0, 'a']), input)).toThrow(refusedAs('InvalidParameterException'))
  })
})
