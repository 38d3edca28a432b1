// A log group with its streams and their events.
import { AwsFault } from '../world/fault.ts'
import type { Context } from '../world/operation.ts'
import { own } from '../world/own.ts'
import type { LogEvent, Region } from '../world/world.ts'

/** Writes one line at the context's time into a group that exists, as the awslogs driver does; makes a missing stream. */
export function appendLog(context: Context, group: string, stream: string, message: string): void {
  if (!own(findLogGroup(context.region, group), stream)) makeLogStream(context, group, stream)
  storeLogEvents(context, group, stream, [{ timestamp: context.now, message }])
}

/** Puts events into a stream that exists; a stream stays ordered by time, events of one time in the order they came. */
export function storeLogEvents(
  context: Context,
  group: string,
  stream: string,
  events: { timestamp: number; message: string }[],
): void {
  const stored = findLogStream(context.region, group, stream)
  for (const { timestamp, message } of events) {
    const event = { timestamp, ingestionTime: context.now, message, eventId: context.ids.digits(56) }
    stored.splice(1 + stored.findLastIndex((earlier) => earlier.timestamp <= timestamp), 0, event)
  }
}

export function makeLogGroup(context: Context, group: string): void {
  context.region.logs[group] = {}
  context.region.logCreationTimes[group] = context.now
}

export function makeLogStream(context: Context, group: string, stream: string): void {
  findLogGroup(context.region, group)[stream] = []
  context.region.logCreationTimes[`${group}:${stream}`] = context.now
}

/** The streams of a group by name; throws ResourceNotFoundException where there is no such group. */
export function findLogGroup(region: Region, group: string): Record<string, LogEvent[]> {
  const streams = region.logs[group]
  if (!streams) throw new AwsFault('ResourceNotFoundException', 'The specified log group does not exist.')
  return streams
}

/** The events of a stream, oldest first; throws ResourceNotFoundException where there is no such group or stream. */
export function findLogStream(region: Region, group: string, stream: string): LogEvent[] {
  const events = own(findLogGroup(region, group), stream)
  if (!events) throw new AwsFault('ResourceNotFoundException', 'The specified log stream does not exist.')
  return events
}

export function logGroupArn(region: Region, group: string): string {
  return `arn:aws:logs:${region.name}:${region.account}:log-group:${group}`
}

/** The log group that `logGroupName` or `logGroupIdentifier` (a name or an ARN) names; exactly one of them must. */
export function logGroupNameOf({
  logGroupName,
  logGroupIdentifier,
}: {
  readonly logGroupName?: string | undefined
  readonly logGroupIdentifier?: string | undefined
}): string {
  const given = logGroupName ?? logGroupIdentifier
  if (given === undefined || (logGroupName !== undefined && logGroupIdentifier !== undefined)) {
    throw new AwsFault('InvalidParameterException', 'Exactly one of logGroupName and logGroupIdentifier must be given.')
  }
  return logGroupName ?? given.replace(/^arn:[^:]*:logs:[^:]*:\d*:log-group:/, '').replace(/:\*$/, '')
}
