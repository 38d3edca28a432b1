/** Holds the locks of a run: takes them, renews them, and lets nothing be written once one is lost. */
import { abortController } from '../../ground/abortController.ts'
import type { Clock } from '../../ground/clock.ts'
import { defined } from '../../ground/defined.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import type { Guard, GuardedRun } from '../../engine/guard.ts'
import type { Holder } from './holder.ts'
import type { LockPlace } from './places.ts'
import { type LockRecord, isHeldBy, renewEvery, ttl } from './record.ts'
import { giveBack, isFresh, renewLock } from './renewLock.ts'
import { keptText, lostError, unrenewedError } from './sayings.ts'
import { readLock } from './store.ts'
import { type HeldLock, takeLock } from './takeLock.ts'

/** What others are told of the run that holds a lock, and how long it waits for one. */
export interface Keeping {
  readonly holder: Holder
  /** `deploy v1.2.3` */
  readonly command: string
  /** In milliseconds; undefined: not at all. */
  readonly waitForLock: number | undefined
  /** What a person types to run the file of the class. */
  readonly program: string | undefined
}

/** How soon it is tried again to renew a lock where that has failed. */
const retryEvery = renewEvery / 4

/**
 * A guard that holds these locks. They are taken in the order given, which must be that of every run: two that want the same then
 * meet at the first of them, and neither holds what the other waits for.
 */
export function lockKeeper(places: (region: string | undefined) => readonly LockPlace[], of: Keeping): Guard {
  const { program } = of
  const held: HeldLock[] = []
  /** Those that S3 may have written for this run without having said so. */
  const unsure = new Set<LockPlace>()
  const [waiting, over] = [abortController(), abortController()]
  let run: GuardedRun | undefined
  let id = ''
  let entering: Promise<void> | undefined
  let renewing: Promise<void> | undefined
  let lost: EcsTaskError | undefined

  async function take(within: GuardedRun): Promise<void> {
    const { clock, region } = within
    const deadline = of.waitForLock === undefined ? undefined : clock.now() + of.waitForLock
    const record = (): LockRecord => recordOf(of, id, clock.now())
    const taking = { ...within, signal: waiting.signal, record, deadline, program }
    void keep(within)
    for (const place of places(region)) {
      const one = await takeLock(place, { ...taking, unsure: () => void unsure.add(place) })
      unsure.delete(place)
      held.push(one)
    }
    // One that was held while another was waited for may be lost by now.
    await mayWrite()
  }

  /** Renews all of them at the same time; whoever asks meanwhile waits for the same answer. */
  function renew(within: GuardedRun): Promise<void> {
    const all = async (): Promise<void> => void (await Promise.all(held.map((one) => renewOne(one, within))))
    return (renewing ??= all().finally(() => (renewing = undefined)))
  }

  async function renewOne(one: HeldLock, within: GuardedRun): Promise<void> {
    const found = await renewLock(one, within)
    if (!found || lost) return
    lost = lostError(one.place, found.lostTo, program)
    if (!over.signal.aborted) within.emit({ type: 'warning.raised', text: lost.message })
  }

  /** Renews them while the run lives. */
  async function keep(within: GuardedRun): Promise<void> {
    let pause = renewEvery
    while (await slept(within.clock, pause, over.signal)) {
      if (lost) return
      pause = await renew(within).then(
        () => renewEvery,
        () => retryEvery,
      )
    }
  }

  async function mayWrite(): Promise<void> {
    const within = run
    if (!within || over.signal.aborted)
      throw new EcsTaskError('InProgressElsewhere', 'The run has given its lock back.')
    let problem: unknown
    if (!lost && !held.every((one) => isFresh(one, within))) {
      await renew(within).catch((error: unknown) => (problem = error))
    }
    if (lost) throw lost
    const late = held.find((one) => !isFresh(one, within))
    if (late) throw unrenewedError(late.place, problem, program)
  }

  /** Answers what a person should know. */
  async function givenBack(one: HeldLock, within: GuardedRun): Promise<string[]> {
    return giveBack(one, within).then(
      () => [],
      (error: Error) => [kept(one.place, error)],
    )
  }

  /** The same of a lock that this run holds only if S3 has written what it did not answer. */
  async function foundAndGivenBack(place: LockPlace, within: GuardedRun): Promise<string[]> {
    try {
      const seen = await readLock(within.aws, place)
      if (!seen || !isHeldBy(seen, id)) return []
      return givenBack({ place, record: seen.record, etag: seen.etag, sentAt: { now: 0, wall: 0 } }, within)
    } catch (error) {
      return [kept(place, error as Error)]
    }
  }

  const kept = (place: LockPlace, { name, message }: Error): string => keptText(place, `${name}: ${message}`, program)

  function end(): void {
    const reason = new Error('The run is over.')
    waiting.abort(reason)
    over.abort(reason)
  }

  return {
    enter(within) {
      run = within
      id = newId(within.clock)
      const { signal } = within
      if (signal.aborted) waiting.abort(signal.reason)
      signal.addEventListener('abort', () => waiting.abort(signal.reason), { once: true })
      return (entering = take(within))
    },
    mayWrite,
    async leave() {
      end()
      await Promise.allSettled([entering, renewing])
      const within = run
      if (!within) return []
      const texts = await Promise.all([
        ...held.map((one) => givenBack(one, within)),
        ...[...unsure].map((place) => foundAndGivenBack(place, within)),
      ])
      return texts.flat()
    },
    abandon() {
      end()
      return held.map(({ place }) => keptText(place, 'the run was ended at once', program))
    },
  }
}

/** Whether it has slept to the end. A run in which nothing else goes on is stuck, and must not hold its locks for ever. */
const slept = (clock: Clock, milliseconds: number, signal: AbortSignal): Promise<boolean> =>
  clock.sleep(milliseconds, signal, false).then(
    () => true,
    () => false,
  )

/** A word that no other run has. */
const newId = (clock: Clock): string =>
  [clock.now(), ...[1, 2, 3].map(() => Math.floor(clock.random() * 36 ** 8))].map((one) => one.toString(36)).join('-')

function recordOf({ holder, command }: Keeping, id: string, now: number): LockRecord {
  const [since, until] = [new Date(now).toISOString(), new Date(now + ttl).toISOString()]
  const of = { holder: holder.name, run: holder.run, command, since, until }
  return defined({ version: 1, id, ...of, ttlSeconds: ttl / 1000, renewals: 0 })
}
