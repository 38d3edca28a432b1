/** Renews a lock that this run holds, and gives it back. */
import type { GuardedRun } from '../../engine/guard.ts'
import { momentOf, passedSince } from './moment.ts'
import { type LockRecord, type Seen, isHeldBy, mayWriteFor } from './record.ts'
import { readLock, writeLock } from './store.ts'
import type { HeldLock } from './takeLock.ts'

type Run = Pick<GuardedRun, 'aws' | 'clock'>

/** Whether its holder may write: it was renewed a moment ago. */
export const isFresh = ({ sentAt }: HeldLock, { clock }: Run): boolean => passedSince(sentAt, clock) < mayWriteFor

/** How often it is tried at one time to renew a lock, or to give it back. */
const mostAttempts = 3

/**
 * Renews it, in place; a lock that has lasted too long is renewed as well, where nobody else has taken it. Answers with what is there in its
 * place once it is lost, and with undefined as long as it is not. Throws where S3 does not say.
 */
export async function renewLock(held: HeldLock, run: Run): Promise<{ readonly lostTo: Seen | undefined } | undefined> {
  let problem: unknown
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const sentAt = momentOf(run.clock)
    const until = new Date(run.clock.now() + held.record.ttlSeconds * 1000).toISOString()
    const record = { ...held.record, until, renewals: held.record.renewals + 1 }
    const written = await writeLock(run.aws, held.place, record, held.etag)
    // No two objects are alike, whatever has come of this one.
    held.record = record
    if ('etag' in written) {
      Object.assign(held, { etag: written.etag, sentAt })
      if (isFresh(held, run)) return undefined
      continue
    }
    if ('unanswered' in written) problem = written.unanswered
    const seen = await readLock(run.aws, held.place)
    if (!seen || !isHeldBy(seen, record.id)) return { lostTo: seen }
    held.etag = seen.etag
    if (seen.record.renewals === record.renewals) held.sentAt = sentAt
    if (isFresh(held, run)) return undefined
  }
  throw problem ?? new Error('S3 was too slow.')
}

/**
 * Gives it back: the object stays, and says so. Of one that was taken away it says that the run writes no more; of one that somebody else
 * holds by now there is nothing to give back.
 */
export async function giveBack(held: HeldLock, run: Run): Promise<void> {
  const released = { by: held.record.holder, at: new Date(run.clock.now()).toISOString() }
  let record: LockRecord = { ...held.record, renewals: held.record.renewals + 1, released }
  let { etag } = held
  let problem: unknown
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const written = await writeLock(run.aws, held.place, record, etag)
    if ('etag' in written) return
    if ('unanswered' in written) problem = written.unanswered
    const seen = await readLock(run.aws, held.place)
    if (!seen || seen.record.id !== record.id) return
    if (seen.record.released) {
      const { forced, ...told } = seen.record.released
      if (!forced) return
      record = { ...seen.record, renewals: record.renewals, released: told }
    }
    etag = seen.etag
  }
  throw problem ?? new Error('S3 did not take it.')
}
