/** Takes a lock, or waits for it. */
import type { GuardedRun } from '../../engine/guard.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { type LockPlace, lockedName, urlOf } from './places.ts'
import { type Moment, momentOf } from './moment.ts'
import { type LockRecord, type Seen, isHeldBy, isTaken, standingOf } from './record.ts'
import { heldError } from './sayings.ts'
import { readLock, writeLock } from './store.ts'

/** A lock that this run holds; changed in place by each renewal. */
export interface HeldLock {
  readonly place: LockPlace
  record: LockRecord
  etag: string
  /** When the write was sent that S3 has acknowledged last. */
  sentAt: Moment
}

/** What taking a lock needs beside the run: what to write, and how long to wait. */
export interface Taking extends GuardedRun {
  /** The record of this run as of now. */
  readonly record: () => LockRecord
  /** Until when to wait for others, by the clock of the run; undefined: not at all. */
  readonly deadline: number | undefined
  readonly program: string | undefined
  /** Told before it is known whether S3 has written something that it has not answered. */
  readonly unsure: (place: LockPlace) => void
}

/** How often a lock is tried for that others are not seen to hold, as where S3 does not answer. */
const mostAttempts = 10

/** Milliseconds between two looks at a lock that somebody else holds: more and more, and not in step with others. */
const firstLook = 2_000
const longestLook = 10_000

/** Throws `InProgressElsewhere` where another run holds it, and the reason of the signal where the wait is ended. */
export async function takeLock(place: LockPlace, of: Taking): Promise<HeldLock> {
  const { aws, clock, signal, unsure } = of
  let etag: string | undefined
  let problem: unknown
  let [attempt, round] = [0, 0]
  const began = momentOf(clock)
  while (attempt < mostAttempts) {
    signal.throwIfAborted()
    if (round++ > 0) await clock.sleep(pause(attempt, clock.random()), signal)
    const sentAt = momentOf(clock)
    const record = of.record()
    const written = await writeLock(aws, place, record, etag)
    if ('etag' in written) return { place, record, etag: written.etag, sentAt }
    // Who waits may lose to others as often as there are any.
    if ('unanswered' in written || isOver(of)) attempt++
    if ('unanswered' in written) {
      unsure(place)
      problem = written.unanswered
      // Where no object was, S3 may answer that it must not be read: another attempt tells.
      if (etag === undefined) continue
    }
    const seen = await whenFree(place, of)
    if (seen && isHeldBy(seen, record.id)) return { place, record: seen.record, etag: seen.etag, sentAt: began }
    etag = seen?.etag
  }
  throw problem ?? neverTaken(place)
}

/** Whether it is waited no longer. */
const isOver = ({ deadline, clock }: Taking): boolean => deadline === undefined || clock.now() >= deadline

const pause = (attempt: number, random: number): number => 100 * 2 ** Math.min(attempt, 6) * (0.5 + random / 2)

/** The lock as it is when nobody else holds it any more; undefined where its object is gone. */
async function whenFree(place: LockPlace, of: Taking): Promise<Seen | undefined> {
  const { aws, clock, signal, emit, deadline, program } = of
  const { id } = of.record()
  let told: string | undefined
  let watched: { readonly etag: string; readonly since: Moment } | undefined
  for (let look = firstLook; ; look = Math.min(look * 1.5, longestLook)) {
    const asked = momentOf(clock)
    const seen = await readLock(aws, place, signal)
    if (!seen) return undefined
    if (watched?.etag !== seen.etag) watched = { etag: seen.etag, since: momentOf(clock) }
    // By this machine's own clock it is as old as the time between the first look at it and the question.
    const unchangedFor = asked.now - watched.since.now
    if (isHeldBy(seen, id) || !isTaken(standingOf(seen, unchangedFor))) return seen
    const left = deadline === undefined ? 0 : deadline - clock.now()
    if (left <= 0) throw heldError(place, seen.record, program)
    const { id: holding, holder, run, command, since, until } = seen.record
    if (told !== holding) {
      const about = { lock: urlOf(place), of: lockedName(place), holder, command, since, until }
      emit({ type: 'lock.waiting', ...about, ...(run !== undefined && { run }), milliseconds: left })
      told = holding
    }
    await clock.sleep(Math.min(look * (0.75 + clock.random() / 2), left), signal)
  }
}

function neverTaken(place: LockPlace): EcsTaskError {
  return new EcsTaskError('InProgressElsewhere', `The lock of ${lockedName(place)} could not be taken.`, {
    why: `Others took ${urlOf(place)} first, ${mostAttempts} times in a row.`,
    fix: 'Try again.',
  })
}
