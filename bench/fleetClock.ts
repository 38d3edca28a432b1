/** A hand-turned clock for a fleet: thousands wait on it at once, so that who wakes first is found in a heap. */
import type { Clock } from '../src/ground/clock.ts'
import { random as randomOf } from '../test/simulation/random.ts'

interface Sleeper {
  readonly at: number
  readonly order: number
  readonly wake: () => void
  isOver: boolean
}

/** A clock that jumps to the end of the shortest wait once everything that can be done at a moment has been done. */
export interface FleetClock extends Clock {
  /** Counts something going on, so that time stands still for it. */
  touch(): void
}

export function fleetClock(start: number, seed: number): FleetClock {
  const { next: random } = randomOf(seed)
  const sleepers: Sleeper[] = []
  let now = start
  let touched = 0
  let count = 0
  let isTurning = false

  /** Jumps once the event loop has turned twice without a touch. */
  function turn(seen: number, quiet: number): void {
    setImmediate(() => {
      if (touched !== seen) return turn(touched, 0)
      if (quiet < 2) return turn(seen, quiet + 1)
      isTurning = false
      const next = firstOf(sleepers)
      if (!next) return
      now = Math.max(now, next.at)
      next.wake()
      // Whoever wakes at the same moment does so in the same turn.
      while (sleepers[0] && sleepers[0].at <= now) firstOf(sleepers)?.wake()
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
    random,
    touch: () => void touched++,
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        touched++
        if (signal?.aborted) return reject(signal.reason)
        const abort = (): void => {
          sleeper.isOver = true
          reject(signal?.reason)
        }
        const wake = (): void => {
          signal?.removeEventListener('abort', abort)
          resolve()
        }
        const sleeper = { at: now + milliseconds, order: count++, wake, isOver: false }
        signal?.addEventListener('abort', abort, { once: true })
        push(sleepers, sleeper)
        begin()
      }),
  }
}

const isBefore = (one: Sleeper, other: Sleeper): boolean =>
  one.at < other.at || (one.at === other.at && one.order < other.order)

function push(heap: Sleeper[], sleeper: Sleeper): void {
  let index = heap.push(sleeper) - 1
  while (index > 0) {
    const parent = (index - 1) >> 1
    if (!isBefore(heap[index]!, heap[parent]!)) return
    swap(heap, index, parent)
    index = parent
  }
}

/** Takes the first off that has not been given up. */
function firstOf(heap: Sleeper[]): Sleeper | undefined {
  for (;;) {
    const first = heap[0]
    const last = heap.pop()
    if (!first || !last) return undefined
    if (heap.length > 0) sink(heap, last)
    if (!first.isOver) return first
  }
}

function sink(heap: Sleeper[], sleeper: Sleeper): void {
  heap[0] = sleeper
  for (let index = 0; ;) {
    const children = [2 * index + 1, 2 * index + 2].filter((child) => child < heap.length)
    const least = children.reduce((best, child) => (isBefore(heap[child]!, heap[best]!) ? child : best), index)
    if (least === index) return
    swap(heap, index, least)
    index = least
  }
}

function swap(heap: Sleeper[], one: number, other: number): void {
  ;[heap[one], heap[other]] = [heap[other]!, heap[one]!]
}
