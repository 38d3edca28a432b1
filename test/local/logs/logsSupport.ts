// A log stream, and the calls that read it.
import { expect } from 'vitest'
import { appendLog } from '../../../src/local/logs/logGroup.ts'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import { contextOf, localAws, start } from '../support.ts'
import type { TestAws } from '../support.ts'

export const logGroupName = '/app'
export const day = 86_400_000

/** A world with the group `/app` and the stream `web`, in it the messages at so many milliseconds after the start. */
export function written(...events: [after: number, message: string][]): TestAws {
  const aws = localAws()
  aws.call('logs', 'CreateLogGroup', { logGroupName })
  aws.call('logs', 'CreateLogStream', { logGroupName, logStreamName: 'web' })
  for (const [after, message] of events) put(aws, [after, message])
  return aws
}

export const put = (aws: TestAws, ...events: [after: number, message: string][]): Unchecked =>
  aws.call('logs', 'PutLogEvents', {
    logGroupName,
    logStreamName: 'web',
    logEvents: events.map(([after, message]) => ({ timestamp: start + after, message })),
  })

export const get = (aws: TestAws, input: Unchecked = {}): Unchecked =>
  aws.call('logs', 'GetLogEvents', { logGroupName, logStreamName: 'web', ...input })

export const messages = ({ events }: Unchecked): string[] => events.map(({ message }: Unchecked) => message)

export const filter = (aws: TestAws, input: Unchecked = {}): Unchecked =>
  aws.call('logs', 'FilterLogEvents', { logGroupName, ...input })

/** Writes a line as the awslogs driver does, into a group that is made first where it is missing. */
export function append(aws: TestAws, group: string, stream: string, message: string): void {
  if (!aws.region.logs[group]) aws.call('logs', 'CreateLogGroup', { logGroupName: group })
  appendLog(contextOf(aws), group, stream, message)
}

export const refusedAs = (code: string, message?: string): object =>
  expect.objectContaining({ code, status: 400, ...(message && { message }) })

export const noGroup = refusedAs('ResourceNotFoundException', 'The specified log group does not exist.')
export const noStream = refusedAs('ResourceNotFoundException', 'The specified log stream does not exist.')

export const oneToNine: [number, string][] = Array.from({ length: 9 }, (_, index) => [index, String(index + 1)])
