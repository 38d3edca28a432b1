/** Lets a run write only while it may: what a lock is to the engine. */
import { abortController } from '../ground/abortController.ts'
import { type Aws, type Method, type Transport, isChange } from '../aws/aws.ts'
import { type Clock, whenAborted } from '../ground/clock.ts'
import type { Emit } from './events.ts'

/** What guards the writes of a run. */
export interface Guard {
  /** Takes what it guards, before anything is read; throws what the run is refused for. */
  enter(of: GuardedRun): Promise<void>
  /** Resolves where a write may be sent now; throws an EcsTaskError where none may be sent any more. */
  mayWrite(): Promise<void>
  /** Gives back what it has taken, after the last write; answers what a person should know. Never throws. */
  leave(): Promise<readonly string[]>
  /** Lets no more be written, and leaves what it has taken to end by itself; answers what a person should know. */
  abandon(): readonly string[]
}

/** What a guard is given of the run. */
export interface GuardedRun {
  readonly aws: Aws
  readonly clock: Clock
  readonly emit: Emit
  readonly signal: AbortSignal
  readonly region: string | undefined
}

/** Milliseconds in which what is given back has to be answered where a run is to end at once. */
const patience = 2_000

/** A transport whose every write is asked about, a second attempt too, and what ends it. */
export function guarded(
  guard: Guard,
  { transport, clock, atOnce }: { transport: Transport; clock: Clock; atOnce: AbortSignal | undefined },
): { readonly transport: Transport; readonly leave: () => Promise<readonly string[]> } {
  const open = new Set<Promise<unknown>>()
  const guardedTransport = async (method: Method, input: object, signal: AbortSignal | undefined): Promise<unknown> => {
    if (!isChange(method)) return transport(method, input as never, signal)
    await guard.mayWrite()
    const sent = transport(method, input as never, signal)
    const ended: Promise<unknown> = sent.then(
      () => open.delete(ended),
      () => open.delete(ended),
    )
    open.add(ended)
    return sent
  }
  // What is still to be answered may be carried out by AWS: nobody else may begin before.
  const inPeace = async (): Promise<readonly string[]> => {
    await Promise.all(open)
    return guard.leave()
  }
  const inHaste = async (abrupt: AbortSignal, over: AbortSignal): Promise<readonly string[]> => {
    await whenAborted(abrupt)
    await clock.sleep(patience, over).catch(() => undefined)
    return guard.abandon()
  }
  return {
    transport: guardedTransport as Transport,
    async leave() {
      if (!atOnce) return inPeace()
      const over = abortController()
      return Promise.race([inPeace(), inHaste(atOnce, over.signal)]).finally(() => over.abort())
    },
  }
}
