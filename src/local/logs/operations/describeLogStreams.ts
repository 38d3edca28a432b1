// Lists the streams of a group, 50 at a time, by name or by the time of their last event; a stream without events then
// comes first. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogStreams.html
import type { DescribeLogStreamsRequest, DescribeLogStreamsResponse, LogStream } from '@aws-sdk/client-cloudwatch-logs'
import { AwsFault } from '../../world/fault.ts'
import { findLogGroup, logGroupArn, logGroupNameOf } from '../logGroup.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { page } from '../../wire/page.ts'
import type { LogEvent, Region } from '../../world/world.ts'

export const describeLogStreams: Operation<DescribeLogStreamsRequest, DescribeLogStreamsResponse> = (
  input,
  { region },
): Wire<DescribeLogStreamsResponse> => {
  const { logStreamNamePrefix, orderBy = 'LogStreamName', descending = false } = input
  const group = logGroupNameOf(input)
  const found = findLogGroup(region, group)
  if (orderBy !== 'LogStreamName' && orderBy !== 'LastEventTime') {
    throw new AwsFault('InvalidParameterException', 'orderBy should be one of [LogStreamName, LastEventTime]')
  }
  if (orderBy === 'LastEventTime' && logStreamNamePrefix !== undefined) {
    throw new AwsFault('InvalidParameterException', 'Cannot order by LastEventTime with a logStreamNamePrefix.')
  }
  const byName = Object.keys(found)
    .filter((name) => name.startsWith(logStreamNamePrefix ?? ''))
    .toSorted()
    .map((name) => describedStream(region, group, name, found[name] ?? []))
  const ordered = orderBy === 'LogStreamName' ? byName : byName.toSorted((a, b) => lastEvent(a) - lastEvent(b))
  const asked = { maxResults: input.limit, nextToken: input.nextToken }
  const { items, nextToken } = page(descending ? ordered.toReversed() : ordered, asked, { default: 50, max: 50 })
  return { logStreams: items, nextToken }
}

const lastEvent = (stream: Wire<LogStream>): number => stream.lastEventTimestamp ?? 0

function describedStream(region: Region, group: string, logStreamName: string, events: LogEvent[]): Wire<LogStream> {
  const [first, last] = [events[0], events.at(-1)]
  return {
    logStreamName,
    creationTime: region.logCreationTimes[`${group}:${logStreamName}`],
    ...(first && { firstEventTimestamp: first.timestamp }),
    ...(last && { lastEventTimestamp: last.timestamp }),
    ...(last && {
      lastIngestionTime: events.reduce((latest, { ingestionTime }) => Math.max(latest, ingestionTime), 0),
    }),
    arn: `${logGroupArn(region, group)}:log-stream:${logStreamName}`,
    // AWS has shown 0 for every stream since 2019.
    storedBytes: 0,
  }
}
