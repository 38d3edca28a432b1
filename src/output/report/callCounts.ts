/** Counts the calls to AWS by operation: how many, how many failed, how many AWS did not accept at once. */
import type { ToldEvent } from '../../engine/events.ts'

export interface CallCounts {
  readonly client: string
  readonly method: string
  done: number
  failed: number
  retried: number
  /** How many of the retried ones AWS has throttled. */
  throttled: number
  /** How long the retried ones waited, in milliseconds. */
  waited: number
}

const isThrottling = (name: string): boolean => /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown/i.test(name)

export function countCall(calls: Map<string, CallCounts>, event: ToldEvent): void {
  if (event.type !== 'call.finished' && event.type !== 'call.failed' && event.type !== 'call.retried') return
  const { client, method } = event
  const key = `${client}.${method}`
  const counts = calls.get(key) ?? { client, method, done: 0, failed: 0, retried: 0, throttled: 0, waited: 0 }
  calls.set(key, counts)
  if (event.type === 'call.finished') counts.done++
  if (event.type === 'call.failed') counts.failed++
  if (event.type !== 'call.retried') return
  counts.retried++
  counts.waited += event.milliseconds
  if (isThrottling(event.error.name)) counts.throttled++
}
