/** Locks as `lock status` shows them, and how a person takes one away. */
import type { Aws } from '../../aws/aws.ts'
import { defined } from '../../ground/defined.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { type LockPlace, lockedName, urlOf } from './places.ts'
import { type LockRecord, type Seen, type Standing, isTaken, standingOf } from './record.ts'
import { readLock, writeLock } from './store.ts'

/** A lock. Of one that is `free` the rest tells who held it last; of one that nobody ever held, and where the object is gone, nothing. */
export interface LockStatus extends Partial<Omit<LockRecord, 'version' | 'id' | 'ttlSeconds' | 'renewals'>> {
  /** Its object: `s3://locks/shop/eu-west-1/services/my_cluster/web.json`. */
  readonly lock: string
  /** `my_cluster/web` */
  readonly of: string
  /** `released`: taken away less than a minute ago. `stale`: not renewed in time; the next run takes it over. */
  readonly state: Standing
}

/** A lock as it was read, with what it takes to release it. */
export interface FoundLock {
  readonly place: LockPlace
  readonly seen: Seen | undefined
  readonly status: LockStatus
}

export async function readLocks(aws: Aws, places: readonly LockPlace[]): Promise<FoundLock[]> {
  return Promise.all(
    places.map(async (place) => {
      const seen = await readLock(aws, place)
      return { place, seen, status: statusOf(place, seen) }
    }),
  )
}

function statusOf(place: LockPlace, seen: Seen | undefined): LockStatus {
  const named = { lock: urlOf(place), of: lockedName(place) }
  if (!seen) return { ...named, state: 'free' }
  const { holder, run, command, since, until, released } = seen.record
  return defined({ ...named, state: standingOf(seen, 0), holder, run, command, since, until, released })
}

/** Takes a lock away from its holder, who is told by whom and why. Throws `InProgressElsewhere` where it has changed since it was read. */
export async function releaseLock(
  aws: Aws,
  { place, seen }: FoundLock,
  { by, now, message }: { readonly by: string; readonly now: number; readonly message: string | undefined },
): Promise<LockStatus> {
  if (!seen || seen.record.released) return statusOf(place, seen)
  // Whoever may still write has to notice it first.
  const forced = isTaken(standingOf(seen, 0)) ? (true as const) : undefined
  const released = defined({ by, at: new Date(now).toISOString(), message, forced })
  let { etag, record } = seen
  for (;;) {
    const next = { ...record, renewals: record.renewals + 1, released }
    const written = await writeLock(aws, place, next, etag)
    if ('etag' in written) return statusOf(place, { record: next, etag: written.etag, age: 0 })
    const there = await readLock(aws, place)
    // Its holder renews it all the time; somebody else's is another lock.
    if (!there || there.record.released) return statusOf(place, there)
    if (there.record.id !== record.id) {
      throw new EcsTaskError(
        'InProgressElsewhere',
        `${there.record.holder} has taken the lock of ${lockedName(place)}.`,
        {
          fix: 'Look at it again before you release it.',
        },
      )
    }
    if ('unanswered' in written && there.etag === etag) throw written.unanswered
    ;({ etag, record } = there)
  }
}
