// A clock for tests, on which waiting takes no time.
import type { Clock } from '../src/ground/clock.ts'

interface HandClock extends Clock {
  /** Counts something going on, so that time stands still for it. */
  touch(): void
  /** Moves on at once, in milliseconds, as time passes while a call is on its way. */
  jump(milliseconds: number): void
}

/**
 * A clock that turns itself: when everything that could be done at a moment has been done, and all that is left
 * is waiting, it jumps to the end of the shortest wait. Ten minutes pass in no time.
 */
export function handClock(start: number): HandClock {
  let now = start
  let touched = 0
  let isTurning = false
  const sleepers: { at: number; wake: () => void }[] = []

  /** Jumps once the event loop has turned twice without a touch. */
  function turn(seen: number, quiet: number): void {
    setImmediate(() => {
      if (touched !== seen) return turn(touched, 0)
      if (quiet < 2) return turn(seen, quiet + 1)
      isTurning = false
      sleepers.sort((one, other) => one.at - other.at)
      const next = sleepers.shift()
      if (!next) return
      now = Math.max(now, next.at)
      next.wake()
      if (sleepers.length > 0) begin()
    })
  }

  function begin(): void {
    if (isTurning) return
    isTurning = true
    turn(touched, 0)
  }

  return {
    now: () => now,
    random: () => 0.5,
    touch: () => void touched++,
    jump: (milliseconds) => void (now += milliseconds),
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        touched++
        if (signal?.aborted) return reject(signal.reason)
        const sleeper = { at: now + milliseconds, wake: () => (signal?.removeEventListener('abort', abort), resolve()) }
        const abort = (): void => {
          sleepers.splice(sleepers.indexOf(sleeper), 1)
          reject(signal?.reason)
        }
        signal?.addEventListener('abort', abort, { once: true })
        sleepers.push(sleeper)
        begin()
      }),
  }
}
