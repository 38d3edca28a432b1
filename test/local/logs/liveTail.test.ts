import { CloudWatchLogsClient, StartLiveTailCommand } from '@aws-sdk/client-cloudwatch-logs'
import { describe, expect, it } from 'vitest'
import { createLocalAws } from '../../../src/local/localAws.ts'
import { startServer } from '../../../src/local/wire/server.ts'
import type { Wire } from '../../../src/local/world/operation.ts'
import { start } from '../support.ts'
import { filter, logGroupName, messages, put, refusedAs, written } from './logsSupport.ts'

const arn = `arn:aws:logs:us-east-1:123456789012:log-group:${logGroupName}`

describe('StartLiveTail', () => {
  it('tells the SDK of every event that comes in, as a stream', async () => {
    let now = start
    const local = createLocalAws({ now: () => now })
    const server = await startServer(local, { port: 0 })
    const call = (operation: string, input: Wire): void => {
      const target = { service: 'logs', operation, input: () => input }
      expect(local.perform(target).status).toBe(200)
    }
    const say = (logStreamName: string, message: string): void =>
      call('PutLogEvents', { logGroupName, logStreamName, logEvents: [{ timestamp: now, message }] })
    call('CreateLogGroup', { logGroupName })
    for (const logStreamName of ['web/1', 'app/1']) call('CreateLogStream', { logGroupName, logStreamName })
    say('web/1', 'before')
    const logs = new CloudWatchLogsClient({
      endpoint: server.url,
      region: 'us-east-1',
      disableHostPrefix: true,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    })
    const { responseStream } = await logs.send(
      new StartLiveTailCommand({
        logGroupIdentifiers: [arn],
        logStreamNamePrefixes: ['web/'],
        logEventFilterPattern: '-noise',
      }),
    )
    const told: string[] = []
    for await (const { sessionStart, sessionUpdate } of responseStream!) {
      if (sessionStart) {
        expect(sessionStart).toMatchObject({
          logGroupIdentifiers: [arn],
          sessionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        })
        say('web/1', 'at the same moment')
        now += 5000
        say('web/1', 'größe')
        say('web/1', 'noise')
        say('app/1', 'elsewhere')
      }
      for (const { message, logStreamName } of sessionUpdate?.sessionResults ?? [])
        told.push(`${logStreamName} ${message}`)
      if (told.length >= 2) break
    }
    expect(told).toEqual(['web/1 at the same moment', 'web/1 größe'])
    logs.destroy()
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
