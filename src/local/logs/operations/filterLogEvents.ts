// Returns a page of the events of several streams, oldest first unless `startFromHead` is false, from `startTime` to
// `endTime`, both included. There is a token as long as there is more.
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
import type { FilterLogEventsRequest, FilterLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs'
import { AwsFault } from '../../world/fault.ts'
import { positionOf, start, pageOf } from '../page.ts'
import { findLogGroup, findLogStream, logGroupNameOf } from '../logGroup.ts'
import { logPattern } from '../pattern.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import type { Region } from '../../world/world.ts'

export const filterLogEvents: Operation<FilterLogEventsRequest, FilterLogEventsResponse> = (
  input,
  { region },
): Wire<FilterLogEventsResponse> => {
  const { startTime = -Infinity, endTime = Infinity, filterPattern = '', startFromHead = true } = input
  const group = logGroupNameOf(input)
  const matches = logPattern(filterPattern)
  const found = streamsOf(region, group, input)
    .flatMap((logStreamName) =>
      findLogStream(region, group, logStreamName).map((event) => ({ logStreamName, ...event })),
    )
    .filter(({ timestamp, message }) => timestamp >= startTime && timestamp <= endTime && matches(message))
    .toSorted((a, b) => a.timestamp - b.timestamp)
  const ordered = startFromHead ? found : found.toReversed()
  const rest = ordered.slice(positionOf(ordered, input.nextToken ?? start))
  const events = pageOf(rest, input.limit)
  return {
    events,
    searchedLogStreams: [],
    ...(events.length < rest.length && { nextToken: events.at(-1)?.eventId }),
  }
}

function streamsOf(
  region: Region,
  group: string,
  { logStreamNames, logStreamNamePrefix }: Wire<FilterLogEventsRequest>,
): string[] {
  if (logStreamNames !== undefined && logStreamNamePrefix !== undefined) {
    throw new AwsFault('InvalidParameterException', 'logStreamNames and logStreamNamePrefix cannot both be given.')
  }
  if (logStreamNames && logStreamNames.length > 100) {
    throw new AwsFault('InvalidParameterException', 'logStreamNames cannot have more than 100 entries.')
  }
  const all = Object.keys(findLogGroup(region, group)).toSorted()
  return logStreamNames?.toSorted() ?? all.filter((name) => name.startsWith(logStreamNamePrefix ?? ''))
}
