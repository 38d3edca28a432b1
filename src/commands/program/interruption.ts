// Lets signals end a run, and errors that nothing has caught.
import { abortController } from '../../ground/abortController.ts'
import { ownCommand } from '../../ground/command.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { exitCodeOf } from '../../ground/exitCode.ts'
import { type Context, classProgram } from './command.ts'

export interface Interruption {
  /** Aborted by the first signal, or an uncaught error: the run ends, and --on-failure decides. */
  readonly signal: AbortSignal
  /** Aborted by the second signal, or where nothing goes on any more: the run ends at once. */
  readonly atOnce: AbortSignal
  /** Listens no more. */
  readonly end: () => void
}

/** Listens for signals from now on. The third one ends the process, whatever the run does. */
export function interruption(context: Context): Interruption {
  const [stop, atOnce] = [abortController(), abortController()]
  const program = classProgram(context)
  const offUncaught = context.onUncaught((error, isStuck) => (isStuck ? atOnce : stop).abort(error))
  const offSignals = context.onSignal((signal) => {
    if (atOnce.signal.aborted) context.exit(exitCodeOf('interrupted', undefined, signal))
    const [next, what] = stop.signal.aborted
      ? [atOnce, `Interrupted by ${signal} again.`]
      : [stop, `Interrupted by ${signal}.`]
    const fix =
      next === atOnce && program ? `See what is in progress with: ${ownCommand(program, 'status')}` : undefined
    next.abort(new EcsTaskError('Interrupted', what, { fix, evidence: { signal } }))
  })
  return {
    signal: stop.signal,
    atOnce: atOnce.signal,
    end() {
      // Who presses on should not kill the process while it says what is half done.
      if (!atOnce.signal.aborted) offSignals()
      offUncaught()
    },
  }
}

/** The error to show for one that a command has thrown: where there is no class, a service is read before there is a run. */
export function interruptedBeforeRun(error: unknown, { signal }: Interruption): unknown {
  if (!(error instanceof EcsTaskError) || error !== signal.reason) return error
  return new EcsTaskError('Interrupted', error.message, { why: 'Nothing was changed.', evidence: error.evidence })
}
