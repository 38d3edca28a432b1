// The exit code for each way a run can end.
import { EcsTaskError, type ErrorCode } from './errors.ts'

/** How a run ended. */
export type Outcome =
  /** Succeeded, and observed to be so; also: nothing to do. */
  | 'succeeded'
  /** Refused before the first write. */
  | 'refused'
  /** Failed after something changed, and everything was put back. */
  | 'restored'
  /** Failed, and not everything was put back. */
  | 'halfDone'
  /** Timed out with the rollout in progress. */
  | 'stillGoing'
  /** Another deployment took over. */
  | 'superseded'
  /** Interrupted by a signal or an uncaught error. */
  | 'interrupted'

const exitCodes: Readonly<Record<Exclude<Outcome, 'interrupted'>, number>> = {
  succeeded: 0,
  restored: 1,
  refused: 2,
  halfDone: 3,
  stillGoing: 4,
  superseded: 5,
}

/** The exit code of a command with `--exit-code` that finds differences. */
export const differencesFound = 6

/** The signals that end a run, and the exit code of a process that each has ended. */
export const interruptions = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const

/**
 * The process's exit code says whether production changed: 0 done, 1 failed and put back, 2 refused before the first
 * write, 3 not everything put back, 4 still going, 5 superseded, 70 a bug here, 129, 130 and 143 interrupted.
 */
export function exitCodeOf(
  outcome: Outcome,
  problem?: { readonly code: ErrorCode | 'Unexpected' },
  signal?: keyof typeof interruptions,
): number {
  if (problem?.code === 'Unexpected') return 70
  return outcome === 'interrupted' ? interruptions[signal ?? 'SIGINT'] : exitCodes[outcome]
}

/** The signal that an `Interrupted` error tells of. */
export function signalOf(reason: unknown): keyof typeof interruptions {
  const evidence = reason instanceof EcsTaskError ? reason.evidence : undefined
  const signal = evidence && 'signal' in evidence ? String(evidence.signal) : ''
  return isInterruption(signal) ? signal : 'SIGINT'
}

function isInterruption(name: string): name is keyof typeof interruptions {
  return name in interruptions
}
