// Begins to tell of the events that come into up to ten log groups from now on, once a second.
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartLiveTail.html
import type { StartLiveTailRequest } from '@aws-sdk/client-cloudwatch-logs'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import type { LogEvent, Region } from '../../world/world.ts'
import type { StreamedEvent } from '../../wire/dialects/eventStream.ts'
import { findLogGroup, logGroupArn, logGroupNameOf } from '../logGroup.ts'
import { logPattern } from '../pattern.ts'

/** What AWS tells of at most in one update. */
const mostResults = 500

/** A new event, and where it came in. */
interface Arrival extends LogEvent {
  readonly logGroupIdentifier: string
  readonly logStreamName: string
}

interface Tail {
  /** Goes on with the stream: what has come in until `now`. */
  readonly responseStream: (now: number) => StreamedEvent[]
}

export const startLiveTail: Operation<StartLiveTailRequest, Tail> = (input, { region, now, ids }): Wire<Tail> => {
  const { logGroupIdentifiers, logStreamNames, logStreamNamePrefixes, logEventFilterPattern = '' } = input
  checkGroups(input)
  const matches = logPattern(logEventFilterPattern)
  const groups = logGroupIdentifiers.map((logGroupIdentifier) => logGroupNameOf({ logGroupIdentifier }))
  for (const group of groups) findLogGroup(region, group)
  const isAsked = (stream: string): boolean =>
    (logStreamNames?.includes(stream) ?? true) &&
    (logStreamNamePrefixes?.some((prefix) => stream.startsWith(prefix)) ?? true)
  let since = now
  let told = new Set(arrivals(region, groups, since).map(({ eventId }) => eventId))
  let begin: StreamedEvent[] = [
    { type: 'sessionStart', event: { ...input, requestId: ids.uuid(), sessionId: ids.uuid() } },
  ]
  const responseStream = (at: number): StreamedEvent[] => {
    const arrived = arrivals(region, groups, since).filter(({ eventId }) => !told.has(eventId))
    const found = arrived.filter(({ logStreamName, message }) => isAsked(logStreamName) && matches(message))
    // What comes in at this very moment, and after this look, is still to be told.
    told = new Set(arrivals(region, groups, at).map(({ eventId }) => eventId))
    since = at
    const started = begin
    begin = []
    return [...started, { type: 'sessionUpdate', event: updateOf(found) }]
  }
  return { responseStream }
}

function checkGroups({ logGroupIdentifiers, logStreamNames, logStreamNamePrefixes }: Wire<StartLiveTailRequest>): void {
  if (logGroupIdentifiers.length < 1 || logGroupIdentifiers.length > 10) {
    throw invalid('logGroupIdentifiers must have 1 to 10 elements.')
  }
  if (logGroupIdentifiers.some((each) => !each.startsWith('arn:') || each.endsWith(':*'))) {
    throw invalid('Log group identifiers must be ARNs without :* at their end.')
  }
  const streams = [logStreamNames, logStreamNamePrefixes].filter((each) => each !== undefined)
  if (streams.length === 2) throw invalid('logStreamNames and logStreamNamePrefixes cannot both be given.')
  if (streams.length === 1 && logGroupIdentifiers.length > 1) {
    throw invalid('Log streams can only be given for a single log group.')
  }
}

/** The events that have come into these groups at that moment or later. */
function arrivals(region: Region, groups: readonly string[], since: number): Arrival[] {
  return groups.flatMap((group) =>
    Object.entries(region.logs[group] ?? {}).flatMap(([logStreamName, events]) =>
      events
        .filter(({ ingestionTime }) => ingestionTime >= since)
        .map((event) => ({ ...event, logStreamName, logGroupIdentifier: logGroupArn(region, group) })),
    ),
  )
}

/** An update as it is streamed: the oldest 500 events, and whether there were more. */
function updateOf(found: readonly Arrival[]): object {
  const results = found.toSorted((one, other) => one.timestamp - other.timestamp).slice(0, mostResults)
  return {
    sessionMetadata: { sampled: found.length > mostResults },
    sessionResults: results.map(({ eventId: _, ...result }) => result),
  }
}

const invalid = (message: string): AwsFault => new AwsFault('InvalidParameterException', message)
