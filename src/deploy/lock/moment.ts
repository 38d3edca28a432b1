/** How long ago something was, whatever the machine has done meanwhile. */
import type { Clock } from '../../ground/clock.ts'

/** A moment by the clock of the run, and by the machine's, which goes on while the machine sleeps. */
export interface Moment {
  readonly now: number
  readonly wall: number
}

export function momentOf(clock: Clock): Moment {
  const now = clock.now()
  return { now, wall: clock.wallTime?.() ?? now }
}

/** So far two clocks may differ that run side by side. */
const slack = 5_000

/**
 * Milliseconds since then; for ever where the clocks differ, because the machine has slept, or somebody has set its clock. Either may hide
 * the other from the one clock or from both, so that neither is believed.
 */
export function passedSince(then: Moment, clock: Clock): number {
  const { now, wall } = momentOf(clock)
  const [passed, byWall] = [now - then.now, wall - then.wall]
  return Math.abs(passed - byWall) > slack ? Infinity : Math.max(passed, byWall)
}
