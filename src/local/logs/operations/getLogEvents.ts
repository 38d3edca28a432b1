// Returns a page of one stream, from `startTime` up to but not including `endTime`; the newest events unless
// `startFromHead`. There is always a token for either direction; at the end it is the one that was passed.
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html
import type { GetLogEventsRequest, GetLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs'
import { AwsFault } from '../../world/fault.ts'
import { positionOf, start, pageOf } from '../page.ts'
import { findLogStream, logGroupNameOf } from '../logGroup.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import type { LogEvent } from '../../world/world.ts'

export const getLogEvents: Operation<GetLogEventsRequest, GetLogEventsResponse> = (
  input,
  { region },
): Wire<GetLogEventsResponse> => {
  const { startTime = -Infinity, endTime = Infinity, limit, nextToken, startFromHead = false } = input
  const stream = findLogStream(region, logGroupNameOf(input), input.logStreamName)
  const isAsked = ({ timestamp }: LogEvent): boolean => timestamp >= startTime && timestamp < endTime
  const { direction, eventId } = tokenOf(nextToken, startFromHead)
  const position = positionOf(stream, eventId ?? (startFromHead ? start : (stream.at(-1)?.eventId ?? start)))
  const page =
    direction === 'f'
      ? pageOf(stream.slice(position).filter(isAsked), limit)
      : pageOf(stream.slice(0, position).filter(isAsked).toReversed(), limit).toReversed()
  const [first, last] = [page[0], page.at(-1)]
  return {
    events: page.map(({ timestamp, message, ingestionTime }) => ({ timestamp, message, ingestionTime })),
    nextForwardToken: `f/${last ? last.eventId : before(stream, position)}`,
    nextBackwardToken: `b/${before(stream, first ? stream.indexOf(first) : position)}`,
  }
}

/** The id of the event just before a position: a position is told by it, since events may yet come in before. */
const before = (stream: readonly LogEvent[], position: number): string => stream[position - 1]?.eventId ?? start

/** `f/<event id>` goes on forward behind that event, `b/<event id>` backward from it. */
function tokenOf(
  nextToken: string | undefined,
  startFromHead: boolean,
): { direction: string; eventId: string | undefined } {
  if (nextToken === undefined) return { direction: startFromHead ? 'f' : 'b', eventId: undefined }
  const [, direction, eventId] = /^([fb])\/(\w+)$/.exec(nextToken) ?? []
  if (direction === undefined) {
    throw new AwsFault('InvalidParameterException', 'The specified nextToken is invalid.')
  }
  return { direction, eventId }
}
