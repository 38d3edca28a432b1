/** Time and randomness of a run, which never asks the machine itself. */
export interface Clock {
  /** Milliseconds since 1970, like `Date.now()`, but it must never go back: all waits use it. */
  now(): number
  /**
   * Resolves after `milliseconds`, at once where they are negative; rejects with the signal's reason when it is aborted first. `keepsAlive` says whether a process waits for it that
   * has nothing else left to do; it does by default.
   */
  sleep(milliseconds: number, signal?: AbortSignal, keepsAlive?: boolean): Promise<void>
  /**
   * Milliseconds since 1970 by the machine's own clock, which somebody may set, and which goes on while the machine sleeps: it tells how
   * long a lock was not renewed. By default `now()`.
   */
  wallTime?(): number
  /** A number in [0, 1), like `Math.random()`. */
  random(): number
}

/** Resolves with the reason when a signal is aborted. */
export const whenAborted = (signal: AbortSignal): Promise<unknown> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(signal.reason)
    else signal.addEventListener('abort', () => resolve(signal.reason), { once: true })
  })

/** Resolves once Node has done what is due by now: it tells of rejections that nobody has caught after that. */
export const allThatIsDue = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** The time as it was when the process began, and what has passed since: whoever sets the machine's clock does not move it. */
const sinceStart = (): number => Math.floor(performance.timeOrigin + performance.now())

/** The machine's clock; or one that runs `speed` times as fast and whose time `now` tells, as a local AWS has. */
export function systemClock({ speed = 1, now = sinceStart }: { speed?: number; now?: () => number } = {}): Clock {
  return {
    now,
    ...(now === sinceStart && { wallTime: () => Date.now() }),
    random: Math.random,
    sleep: (milliseconds, signal, keepsAlive = true) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason)
        const abort = (): void => {
          clearTimeout(timer)
          reject(signal?.reason)
        }
        // Whoever waits until a moment may come after it, and Node warns of a negative time.
        const duration = Math.max(milliseconds, 0) / speed
        const timer = setTimeout(() => {
          signal?.removeEventListener('abort', abort)
          resolve()
        }, duration)
        if (!keepsAlive) timer.unref()
        signal?.addEventListener('abort', abort, { once: true })
      }),
  }
}
