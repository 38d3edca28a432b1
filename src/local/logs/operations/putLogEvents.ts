// Puts a batch of events into a stream, and rejects those more than 14 days old or two hours ahead. Sequence tokens
// are ignored, as AWS ignores them.
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
import type { InputLogEvent, PutLogEventsRequest, PutLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs'
import { AwsFault } from '../../world/fault.ts'
import { findLogStream, storeLogEvents } from '../logGroup.ts'
import type { Operation, Wire } from '../../world/operation.ts'

const hour = 3_600_000

export const putLogEvents: Operation<PutLogEventsRequest, PutLogEventsResponse> = (
  { logGroupName, logStreamName, logEvents },
  context,
): Wire<PutLogEventsResponse> => {
  const { region, now } = context
  findLogStream(region, logGroupName, logStreamName)
  checkBatch(logEvents)
  const times = logEvents.map(({ timestamp }) => timestamp)
  const firstInTime = times.filter((time) => time < now - 14 * 24 * hour).length
  const firstTooNew = times.filter((time) => time <= now + 2 * hour).length
  storeLogEvents(context, logGroupName, logStreamName, logEvents.slice(firstInTime, firstTooNew))
  const rejected = {
    ...(firstInTime > 0 && { tooOldLogEventEndIndex: firstInTime }),
    ...(firstTooNew < times.length && { tooNewLogEventStartIndex: firstTooNew }),
  }
  return Object.keys(rejected).length > 0 ? { rejectedLogEventsInfo: rejected } : {}
}

function checkBatch(events: readonly Wire<InputLogEvent>[]): void {
  if (events.length < 1 || events.length > 10_000) refuse('A batch must have between 1 and 10000 log events.')
  if (events.some(({ message }) => message === '')) refuse('Log event message must not be empty.')
  const times = events.map(({ timestamp }) => timestamp)
  if (times.some((time, index) => time < (times[index - 1] ?? -Infinity))) {
    refuse('Log events in a single PutLogEvents request must be in chronological order.')
  }
  if ((times.at(-1) ?? 0) - (times[0] ?? 0) > 24 * hour) {
    refuse('The batch of log events in a single PutLogEvents request cannot span more than 24 hours.')
  }
  // Each event counts 26 bytes beside its text.
  const bytes = events.reduce((sum, { message }) => sum + Buffer.byteLength(message) + 26, 0)
  if (bytes > 1_048_576) refuse(`Upload too large: ${bytes} bytes exceeds limit of 1048576`)
}

function refuse(message: string): never {
  throw new AwsFault('InvalidParameterException', message)
}
