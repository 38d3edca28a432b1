// What nothing in this process has caught: it ends a run as a signal does, and never the process under it.
import { UncaughtError } from '../../ground/errors.ts'

/** Hears of an error; `isStuck` says that nothing goes on any more which could end the run by itself. */
export type HearUncaught = (error: UncaughtError, isStuck: boolean) => void

const hearing = new Set<HearUncaught>()
let end: ((error: UncaughtError) => void) | undefined

/** Calls with every error that nothing has caught; answers with what calls it off. */
export function onUncaught(call: HearUncaught): () => void {
  hearing.add(call)
  return () => hearing.delete(call)
}

/**
 * From now on this process is ours: what nobody has caught goes to whoever hears, and to `otherwise`, which ends the
 * process, where nobody does. Node alone would end it with 1, which says that everything was put back.
 */
export function catchUncaught(otherwise: (error: UncaughtError) => void): void {
  const isCatching = end !== undefined
  end = otherwise
  if (isCatching) return
  process.on('uncaughtException', (cause) => {
    const error = new UncaughtError(cause)
    if (hearing.size === 0) end?.(error)
    for (const hear of hearing) hear(error, false)
  })
  process.on('beforeExit', () => {
    if (hearing.size === 0) return
    const error = new UncaughtError(new Error('The run has not ended, and there is nothing left to wait for.'))
    for (const hear of hearing) hear(error, true)
  })
}
