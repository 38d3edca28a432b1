/** Where a container's log lines are, and reading them. */
import type { OutputLogEvent } from '@aws-sdk/client-cloudwatch-logs'
import type { TaskDefinition } from '@aws-sdk/client-ecs'
import type { Aws } from '../aws/aws.ts'
import type { ContainerLog } from '../engine/events.ts'
import { nameOf } from '../ground/names.ts'
import { whyUnreadable } from './missingPermission.ts'

/** A stream of CloudWatch Logs. */
interface LogStream {
  readonly logGroupName: string
  readonly logStreamName: string
}

/** Events that one reading takes at most, so that a container that never stops writing cannot hold it. */
const mostAtOnce = 10_000
/** Pages that are asked for the last lines: AWS may answer with an empty one before the end. */
const mostPages = 3

/**
 * Where the lines of one container of one task are; or, in `note`, why they cannot be read from here. The awslogs driver
 * names a stream `prefix/container/task id`.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html
 */
export function logStreamOf(
  taskDefinition: Pick<TaskDefinition, 'containerDefinitions'>,
  container: string,
  taskArn: string,
): LogStream | { readonly note: string } {
  const declared = taskDefinition.containerDefinitions?.find(({ name }) => name === container)
  const { logDriver, options = {} } = declared?.logConfiguration ?? {}
  if (logDriver === undefined)
    return { note: `container ${container} has no logConfiguration, so its logs are not kept` }
  if (logDriver !== 'awslogs')
    return { note: `container ${container} logs with ${logDriver}, which ecs-task cannot read` }
  const {
    'awslogs-group': logGroupName,
    'awslogs-stream-prefix': prefix,
    'awslogs-region': region,
  }: Readonly<Record<string, string | undefined>> = options
  if (!logGroupName) return { note: `container ${container} logs with awslogs, but names no awslogs-group` }
  const own = taskArn.split(':')[3]
  if (region && region !== own)
    return { note: `container ${container} logs to ${logGroupName} in ${region}, which ecs-task does not read` }
  if (!prefix) {
    return {
      note: `container ${container} has no awslogs-stream-prefix, so ecs-task cannot tell its stream in ${logGroupName}`,
    }
  }
  return { logGroupName, logStreamName: `${prefix}/${container}/${nameOf(taskArn)}` }
}

/**
 * The last lines that a container has logged, at most `most`, oldest first. Never throws: what keeps them from being read
 * is in `note`.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html
 */
export async function lastLines(
  aws: Aws,
  of: {
    readonly taskDefinition: Pick<TaskDefinition, 'containerDefinitions'>
    readonly container: string
    readonly taskArn: string
    readonly most: number
  },
  signal?: AbortSignal,
): Promise<ContainerLog> {
  const { taskDefinition, container, taskArn, most } = of
  const stream = logStreamOf(taskDefinition, container, taskArn)
  if ('note' in stream) return { container, taskArn, lines: [], note: stream.note }
  try {
    const lines = await newest(aws, stream, most, signal)
    return { container, taskArn, lines, ...(lines.length === 0 && { note: nothing }) }
  } catch (error) {
    return {
      container,
      taskArn,
      lines: [],
      note: isAbsent(error) ? nothing : `its log could not be read: ${whyUnreadable(error, 'logs:GetLogEvents')}`,
    }
  }
}

const nothing = 'it logged nothing'

async function newest(aws: Aws, stream: LogStream, most: number, signal: AbortSignal | undefined): Promise<string[]> {
  let nextToken: string | undefined
  for (let page = 0; page < mostPages; page++) {
    const input = { ...stream, limit: most, startFromHead: false, ...(nextToken !== undefined && { nextToken }) }
    const { events = [], nextBackwardToken } = await aws.call('getLogEvents', input, signal)
    if (events.length > 0) return events.flatMap((event) => messageOf(event).split(/\r?\n/)).slice(-most)
    if (nextBackwardToken === nextToken) break
    nextToken = nextBackwardToken
  }
  return []
}

/**
 * Reads a stream from its beginning: each call answers with what has come since the one before, oldest first. A stream
 * that does not exist yet has nothing so far; a container makes it with its first line. Any other error is thrown, and
 * what had been read by then comes with the next call.
 */
export function tail(aws: Aws, stream: LogStream): (signal?: AbortSignal) => Promise<OutputLogEvent[]> {
  const unread: OutputLogEvent[] = []
  let token: string | undefined
  return async (signal) => {
    while (unread.length < mostAtOnce) {
      const input = { ...stream, startFromHead: true, ...(token !== undefined && { nextToken: token }) }
      const answer = await aws.call('getLogEvents', input, signal).catch(unlessAbsent)
      unread.push(...(answer?.events ?? []))
      // The end is where the token that comes back is the one that was passed; an empty page is not.
      const { nextForwardToken = token } = answer ?? {}
      if (nextForwardToken === token) break
      token = nextForwardToken
    }
    return unread.splice(0)
  }
}

/** The text of a line, without the line break that some programs leave at its end. */
export function messageOf({ message = '' }: OutputLogEvent): string {
  // `/[\r\n]+$/` would begin anew at each of a line's breaks: minutes for a message that AWS takes.
  let end = message.length
  while (end > 0 && '\r\n'.includes(message[end - 1]!)) end--
  return message.slice(0, end)
}

function unlessAbsent(error: unknown): undefined {
  if (!isAbsent(error)) throw error
}

function isAbsent(error: unknown): boolean {
  return (error as Error).name === 'ResourceNotFoundException'
}
