// A page of log events, and where it begins.
import { AwsFault } from '../world/fault.ts'
import type { LogEvent } from '../world/world.ts'

/** "CloudWatch Logs quotas": a page holds at most 10,000 events and about 1 MB of text. */
const mostEvents = 10_000
const mostBytes = 1_048_576

/**
 * The events from the begin of a list that make one page. The first is always in it, so that every list ends; `limit`
 * is 10,000 unless given, and 1 to 10,000.
 */
export function pageOf<Event extends Pick<LogEvent, 'message'>>(events: readonly Event[], limit = mostEvents): Event[] {
  if (!Number.isInteger(limit) || limit < 1 || limit > mostEvents) {
    throw new AwsFault('InvalidParameterException', `limit must be a whole number between 1 and ${mostEvents}.`)
  }
  let bytes = 0
  const tooMany = events.findIndex(({ message }, index) => {
    bytes += Buffer.byteLength(message)
    return index > 0 && bytes > mostBytes
  })
  return events.slice(0, tooMany === -1 ? limit : Math.min(limit, tooMany))
}

/** The position just behind the event that a token names; `start` is the position before all of them. */
export function positionOf(events: readonly Pick<LogEvent, 'eventId'>[], eventId: string): number {
  if (eventId === start) return 0
  const index = events.findIndex((event) => event.eventId === eventId)
  if (index === -1) throw new AwsFault('InvalidParameterException', 'The specified nextToken is invalid.')
  return index + 1
}

export const start = 'start'
