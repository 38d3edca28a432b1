/** The text that `lock status` prints. */
import type { LockStatus } from '../deploy/lock/status.ts'
import { folded } from './folded.ts'
import { type Line, type Span, printedLines } from './line.ts'

/** Each lock with its state, and below it who holds it or held it last. Ends in a line break. */
export function locksText(
  { locks }: { readonly locks: readonly LockStatus[] },
  { color, columns }: { readonly color: boolean; readonly columns: number },
): string {
  return printedLines(
    locks.flatMap(lockLines).flatMap((line) => folded(line, columns)),
    { color },
  )
}

const states: Readonly<Record<LockStatus['state'], Span>> = {
  free: ['green', 'free'],
  held: ['yellow', 'held'],
  released: ['yellow', 'released just now; its run may still write for up to a minute'],
  stale: ['red', 'expired; the next run takes it over'],
}

function lockLines({ of, state, lock, holder, command, since, until, run, released }: LockStatus): Line[] {
  const isOver = state === 'free' || state === 'released'
  const last =
    holder === undefined ? [] : [`  ${isOver ? 'last held' : 'held'} by ${holder}: ${command} since ${since}`]
  const why = released?.message === undefined ? '' : `: ${released.message}`
  return [
    [['bold', of], ': ', states[state]],
    ...last.map((text): Line => [text]),
    ...(until === undefined || released ? [] : [[`  until ${until} unless it is renewed`]]),
    ...(released ? [[`  released by ${released.by} at ${released.at}${why}`]] : []),
    ...(run === undefined ? [] : [['  ', ['cyan', run]] satisfies Line]),
    [['dim', `  ${lock}`]],
  ]
}
