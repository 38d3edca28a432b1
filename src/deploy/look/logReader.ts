// Reads the log streams of many containers side by side: each look tells what has come since the one before, no line twice.
import type { FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs'
import type { Aws } from '../../aws/aws.ts'
import { messageOf } from '../../rollout/logStream.ts'
import { merged } from './merged.ts'

/** A container of a task, and where its lines are. */
export interface LogSource {
  /** `my_cluster/web`; `my_cluster: migrate`, with its family, where the task is of no service. */
  readonly of: string
  readonly taskArn: string
  readonly container: string
  readonly logGroupName: string
  readonly logStreamName: string
}

/** What a container has logged at once: a line, unless its log driver joins several. */
export interface LogLine {
  readonly source: LogSource
  /** Milliseconds since 1970, by the clock of the container. */
  readonly at: number
  readonly message: string
}

/**
 * Milliseconds by which a line may come into CloudWatch Logs later than it was logged and still be told. The awslogs driver
 * sends every five seconds, so lines of the past come in all the time, in front of others that have been told.
 */
export const lateness = 30_000

/** AWS takes so many names of streams at once. */
const mostStreams = 100

/** Streams that are read from the same moment on. */
interface Chunk {
  readonly sources: readonly LogSource[]
  readonly startTime: number
}

type Told = LogLine & { readonly event: FilteredLogEvent }

/** Answers with a look: the lines since `begin` that no look has told, in the order of time as far as they are there. */
export function logReader(
  aws: Aws,
  begin: number,
): (sources: readonly LogSource[], now: number, signal?: AbortSignal) => AsyncGenerator<LogLine> {
  /** Streams that have been read up to `readTo`. One that is not there yet is read from the beginning once it is. */
  const known = new Set<string>()
  /** All that came in by then has been told, by AWS's clock: this machine's may be ahead. */
  let readTo = begin
  /** Those that the next look finds again, with their times. */
  const told = new Map<string, number>()

  return async function* look(sources, now, signal) {
    const read = new Set<string>()
    let newest = readTo
    const chunks = [
      ...chunksOf(
        sources.filter((one) => known.has(keyOf(one))),
        Math.max(begin, readTo - lateness),
      ),
      ...chunksOf(
        sources.filter((one) => !known.has(keyOf(one))),
        begin,
      ),
    ]
    const pages = chunks.map((chunk) => pagesOf(aws, chunk, read, signal))
    for await (const { event, ...line } of merged(pages)) {
      const { ingestionTime = now } = event
      // AWS gives every event an id; what passes for AWS may not.
      const eventId = event.eventId ?? JSON.stringify([event.logStreamName, event.timestamp, event.message])
      // What came in while this look went on may have gone past it elsewhere.
      newest = Math.max(newest, Math.min(ingestionTime, now))
      if (told.has(eventId)) continue
      if (line.at >= newest - lateness) told.set(eventId, line.at)
      yield line
    }
    for (const key of read) known.add(key)
    readTo = newest
    for (const [eventId, at] of told) if (at < readTo - lateness) told.delete(eventId)
  }
}

function keyOf({ logGroupName, logStreamName }: LogSource): string {
  return `${logGroupName} ${logStreamName}`
}

function chunksOf(sources: readonly LogSource[], startTime: number): Chunk[] {
  return [...new Set(sources.map(({ logGroupName }) => logGroupName))].flatMap((group) => {
    const own = sources.filter(({ logGroupName }) => logGroupName === group)
    const count = Math.ceil(own.length / mostStreams)
    return Array.from({ length: count }, (_, index) => ({
      sources: own.slice(index * mostStreams, (index + 1) * mostStreams),
      startTime,
    }))
  })
}

/**
 * The lines of some streams page by page, oldest first; `read` hears of the streams that are there. AWS refuses all where one
 * is not there: then each half is read by itself.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
 */
async function* pagesOf(
  aws: Aws,
  { sources, startTime }: Chunk,
  read: Set<string>,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly Told[]> {
  const [{ logGroupName } = { logGroupName: '' }] = sources
  const byStream = new Map(sources.map((one) => [one.logStreamName, one]))
  let nextToken: string | undefined
  do {
    const streams = { logGroupName, logStreamNames: [...byStream.keys()] }
    const asked = { ...streams, startTime: Math.floor(startTime), ...(nextToken && { nextToken }) }
    let answer
    try {
      answer = await aws.call('filterLogEvents', asked, signal)
    } catch (error) {
      const { name, message } = error as Error
      if (name !== 'ResourceNotFoundException' || nextToken !== undefined) throw error
      if (sources.length === 1 || /group/i.test(message)) return
      const middle = Math.ceil(sources.length / 2)
      const halves = [sources.slice(0, middle), sources.slice(middle)]
      const lists = halves.map((half) => pagesOf(aws, { sources: half, startTime }, read, signal))
      for await (const line of merged(lists)) yield [line]
      return
    }
    yield (answer.events ?? []).flatMap((event) => {
      const source = byStream.get(event.logStreamName ?? '')
      return source ? [{ source, at: event.timestamp ?? 0, message: messageOf(event), event }] : []
    })
    nextToken = answer.nextToken
  } while (nextToken)
  for (const source of sources) read.add(keyOf(source))
}
