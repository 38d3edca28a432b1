import { CloudWatchLogsClient, StartLiveTailCommand } from '@aws-sdk/client-cloudwatch-logs'
import type { CloudWatchLogsClientConfig } from '@aws-sdk/client-cloudwatch-logs'
import { describe, expect, it } from 'vitest'
import { startServer } from '../../../src/local/wire/server.ts'
import { start } from '../support.ts'
import { settingsInProcess } from '../../sdkInProcess.ts'
import { append, filter, logGroupName, messages, put, refusedAs, written } from './logsSupport.ts'

const arn = `arn:aws:logs:us-east-1:123456789012:log-group:${logGroupName}`

describe('StartLiveTail', () => {
  it('tells the SDK of every event that comes in, as a stream', async () => {
    const aws = written([0, 'before'])
    aws.call('logs', 'CreateLogStream', { logGroupName, logStreamName: 'other' })
    const logs = new CloudWatchLogsClient(settingsInProcess(aws.handle) as CloudWatchLogsClientConfig)
    const input = { logGroupIdentifiers: [arn], logStreamNamePrefixes: ['we'], logEventFilterPattern: '-noise' }
    const { responseStream } = await logs.send(new StartLiveTailCommand(input))
    const told: string[] = []
    for await (const { sessionStart, sessionUpdate } of responseStream!) {
      if (sessionStart) {
        expect(sessionStart).toMatchObject({ ...input, sessionId: expect.stringMatching(/^[0-9a-f-]{36}$/) })
        put(aws, [0, 'at the same moment'])
        aws.advance(5000)
        put(aws, [5000, 'größe'], [5001, 'noise'])
        append(aws, logGroupName, 'other', 'elsewhere')
      }
      for (const { message } of sessionUpdate?.sessionResults ?? []) told.push(message!)
      if (told.length >= 2) break
    }
    expect(told).toEqual(['at the same moment', 'größe'])
  })

  it('goes on over the wire until its client goes away', async () => {
    const server = await startServer(written(), { port: 0 })
    const abort = new AbortController()
    const headers = { 'x-amz-target': 'Logs_20140328.StartLiveTail' }
    const body = JSON.stringify({ logGroupIdentifiers: [arn] })
    const {
      status,
      headers: answered,
      body: stream,
    } = await fetch(server.url, { method: 'POST', headers, body, signal: abort.signal })
    expect([status, answered.get('content-type')]).toEqual([200, 'application/vnd.amazon.eventstream'])
    const first = await stream!.getReader().read()
    expect(Buffer.from(first.value).toString()).toContain('sessionStart')
    abort.abort()
    await server.close()
  })

  it.each([
    { logGroupIdentifiers: [] },
    { logGroupIdentifiers: [logGroupName] },
    { logGroupIdentifiers: [`${arn}:*`] },
    { logGroupIdentifiers: [arn, arn], logStreamNames: ['web'] },
    { logGroupIdentifiers: [arn], logStreamNames: ['web'], logStreamNamePrefixes: ['w'] },
    { logGroupIdentifiers: [arn], logEventFilterPattern: '{ $.x = 1 }' },
  ])('refuses %j', (input) => {
    expect(() => written().call('logs', 'StartLiveTail', input)).toThrow(refusedAs('InvalidParameterException'))
  })

  it('refuses a group that is not there', () => {
    const other = { logGroupIdentifiers: [arn.replace('/app', '/other')] }
    expect(() => written().call('logs', 'StartLiveTail', other)).toThrow(refusedAs('ResourceNotFoundException'))
  })
})

describe('FilterLogEvents', () => {
  it('shows each event once to whoever goes on from the last one that they have seen', () => {
    const aws = written([0, 'a'], [0, 'b'])
    const [seen, told] = [new Set<string>(), [] as string[]]
    let startTime = start
    const look = (): void => {
      let nextToken: string | undefined
      do {
        const page = filter(aws, { startTime, nextToken, limit: 2 })
        for (const { eventId, message, timestamp } of page['events']) {
          if (!seen.has(eventId)) told.push(message)
          seen.add(eventId)
          startTime = Math.max(startTime, timestamp)
        }
        nextToken = page['nextToken']
      } while (nextToken !== undefined)
    }
    look()
    // One of the same moment that comes in later, and later ones.
    put(aws, [0, 'c'])
    look()
    put(aws, [5, 'd'], [5, 'e'], [6, 'f'])
    look()
    look()
    expect(told).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
    expect(messages(filter(aws))).toEqual(told)
  })
})
