/** How long ago something was, whatever the machine has done meanwhile. */
import type { Clock } from '../ground/clock.ts'

/** A moment by the clock of the run, and by the machine's, which goes on while the machine sleeps. */
export interface Moment {
  readonly now: number
  readonly wall: number
}

export function momentOf(clock: Clock): Moment {
  const now = clock.now()
  return { now, wall: clock.wallTime?.() ?? now }
}

/** Milliseconds since then, by the clock that says more: a machine that has slept must not think that it was a moment. */
export function passedSince(then: Moment, clock: Clock): number {
  const { now, wall } = momentOf(clock)
  return Math.max(now - then.now, wall - then.wall)
}
