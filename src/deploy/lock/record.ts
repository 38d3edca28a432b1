/** What the object of a lock holds, and what can be told from it. Pure. */
import { defined } from '../../ground/defined.ts'
import { isPlain } from '../../ground/shown.ts'
import { visible } from '../../ground/visible.ts'

/** Milliseconds after which the lock of a run that no longer renews it may be taken over. */
export const ttl = 60_000

/** How often it is renewed. */
export const renewEvery = ttl / 3

/**
 * The share of that time in which its holder writes nothing more: a request takes at most 30 s to its answer, and the clocks of S3 that
 * others judge by tell whole seconds.
 */
const margin = 30_000
const slack = 5_000

/** Milliseconds after its last renewal was sent for which a holder may write. */
export const mayWriteFor = ttl - margin - slack

/** Who gave a lock back or took it away, and why. */
interface Release {
  readonly by: string
  readonly at: string
  readonly message?: string
  /** By somebody else than its holder, who has to notice it before anybody may take it. */
  readonly forced?: true
}

/** The object: JSON. Times are ISO 8601, by the clock of the holder: others are told them, and decide nothing by them. */
export interface LockRecord {
  readonly version: 1
  /** Of the run; no other has it. */
  readonly id: string
  readonly holder: string
  /** Where the CI job can be seen. */
  readonly run?: string
  readonly command: string
  readonly since: string
  readonly until: string
  readonly ttlSeconds: number
  /** How often it was renewed, so that no two objects of a lock are alike, nor their ETags. */
  readonly renewals: number
  /** Nobody holds it any more. */
  readonly released?: Release
}

/** An object as it was read. */
export interface Seen {
  readonly record: LockRecord
  readonly etag: string
  /** Milliseconds since it was written, by the clock of S3; undefined where S3 does not say. */
  readonly age: number | undefined
}

/** `free`: given back. `released`: taken away, and its holder may still write. `stale`: its holder has not renewed it in time. */
export type Standing = 'free' | 'released' | 'stale' | 'held'

/** What can be said of a lock that has been unchanged for so many milliseconds by the clock of whoever looks. */
export function standingOf({ record, age = 0 }: Seen, unchangedFor: number): Standing {
  const isOver = Math.max(age, unchangedFor) >= record.ttlSeconds * 1000
  if (!record.released) return isOver ? 'stale' : 'held'
  return record.released.forced && !isOver ? 'released' : 'free'
}

/** Whether nobody else may take it yet. */
export const isTaken = (standing: Standing): boolean => standing === 'held' || standing === 'released'

/** Whether a run holds it, given the run's id. */
export function isHeldBy({ record }: Seen, id: string): boolean {
  return record.id === id && !record.released
}

export function textOf(record: LockRecord): string {
  return `${JSON.stringify(record, undefined, 2)}\n`
}

/** Undefined where the text is not that of a lock. */
export function parseRecord(text: string): LockRecord | undefined {
  const value = parsed(text)
  if (!isPlain(value) || value['version'] !== 1) return undefined
  const { id, ttlSeconds, renewals } = value
  const isSound = typeof id === 'string' && isNumber(ttlSeconds, 1, 3_600) && isNumber(renewals, 0, Infinity)
  if (!isSound) return undefined
  const released = isPlain(value['released']) ? value['released'] : undefined
  return defined({
    version: 1,
    id,
    holder: word(value['holder']) ?? 'somebody',
    run: word(value['run']),
    command: word(value['command']) ?? 'a run',
    since: word(value['since']) ?? 'unknown',
    until: word(value['until']) ?? 'unknown',
    ttlSeconds,
    renewals,
    released: released && releaseOf(released),
  })
}

function releaseOf(value: Record<string, unknown>): Release {
  return defined({
    by: word(value['by']) ?? 'somebody',
    at: word(value['at']) ?? 'unknown',
    message: word(value['message']),
    forced: value['forced'] === true ? (true as const) : undefined,
  })
}

/** Text of others, which is shown: one line of it. */
const word = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? visible(value).slice(0, 300) : undefined

const isNumber = (value: unknown, least: number, most: number): value is number =>
  typeof value === 'number' && value >= least && value <= most

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
