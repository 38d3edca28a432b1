// When the scheduler looks at an ECS service next: whoever changes something that concerns a service wakes it.
import type { ServiceRecord } from './world.ts'

/** The scheduler acts on a request a moment after its answer. */
export const schedulerDelay = 1000

/** Has the scheduler look at the service at that moment, or earlier if it was going to. An INACTIVE one sleeps on. */
export function wake(record: ServiceRecord, at: number): void {
  if (record.service.status !== 'INACTIVE') record.nextAt = Math.min(record.nextAt ?? Infinity, at)
}
