import type { Clock } from '../../src/ground/clock.ts'
import type { Random } from './random.ts'

/** Time that passes only when everything that could be done at a moment has been done. */
export interface VirtualClock {
  /** Epoch milliseconds. */
  now(): number
  /** A clock for one run of the engine; once it is dropped, nothing that waits on it ever goes on. */
  forRun(random: Random): Clock & { drop(): void }
  sleep(milliseconds: number): Promise<void>
  /** Time goes on without anybody having been woken, as on a machine that was suspended. */
  jump(milliseconds: number): void
  /** Turns until `isDone` says so; false where nobody waits for anything any more, or it is after `end`. */
  turn(isDone: () => boolean, end: number): Promise<boolean>
}

interface Sleeper {
  readonly at: number
  readonly order: number
  readonly owner: object
  readonly wake: () => void
}

export function virtualClock(start: number): VirtualClock {
  let now = start
  let order = 0
  let sleepers: Sleeper[] = []
  const nobody = {}

  function sleep(owner: object, milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const wake = (): void => {
        signal?.removeEventListener('abort', abort)
        resolve()
      }
      const sleeper = { at: now + milliseconds, order: order++, owner, wake }
      const abort = (): void => {
        sleepers = sleepers.filter((one) => one !== sleeper)
        reject(signal?.reason)
      }
      signal?.addEventListener('abort', abort, { once: true })
      sleepers.push(sleeper)
    })
  }

  function takeNext(): Sleeper | undefined {
    let next = sleepers[0]
    for (const one of sleepers) {
      if (next && (one.at < next.at || (one.at === next.at && one.order < next.order))) next = one
    }
    if (next) sleepers.splice(sleepers.indexOf(next), 1)
    return next
  }

  return {
    now: () => now,
    sleep: (milliseconds) => sleep(nobody, milliseconds),
    jump: (milliseconds) => void (now += milliseconds),
    forRun(random) {
      const owner = {}
      let isDropped = false
      return {
        now: () => now,
        random: random.next,
        sleep: (milliseconds, signal) => (isDropped ? new Promise(() => {}) : sleep(owner, milliseconds, signal)),
        drop() {
          isDropped = true
          sleepers = sleepers.filter((one) => one.owner !== owner)
        },
      }
    },
    async turn(isDone, end) {
      for (;;) {
        // Nothing here waits for the outside: one turn of the event loop, and all that could be done has been done.
        await new Promise<void>((resolve) => void setImmediate(resolve))
        if (isDone()) return true
        const next = now < end ? takeNext() : undefined
        if (!next) return false
        now = Math.max(now, next.at)
        next.wake()
      }
    },
  }
}
