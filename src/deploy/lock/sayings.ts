/** What is said of locks: who holds one, and how one was lost. */
import { ownCommand } from '../../ground/command.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { nameOf } from '../../ground/names.ts'
import { type LockPlace, lockedName, urlOf } from './places.ts'
import type { LockRecord, Seen } from './record.ts'

/** The command that asks about a lock. `program` is what a person types to run the file of the class. */
export function lockCommand(
  command: 'lock status' | 'lock release',
  { lock, of }: LockPlace,
  program = 'ecs-task',
): string {
  if ('family' in of) return ownCommand(program, command, { lock, only: of.only })
  return ownCommand('ecs-task', command, { lock, cluster: nameOf(of.cluster), service: nameOf(of.service) })
}

/** Somebody else holds it. */
export function heldError(place: LockPlace, record: LockRecord, program: string | undefined): EcsTaskError {
  const { holder, released } = record
  const what = released
    ? `${released.by} has just released the lock of ${lockedName(place)}, which ${holder} held.`
    : `${holder} holds the lock of ${lockedName(place)}.`
  const why = released ? 'That run may still write for up to a minute.' : holding(record)
  return new EcsTaskError('InProgressElsewhere', what, {
    why: `${why} The lock is ${urlOf(place)}.`,
    fix: `Wait for it with --wait-for-lock 10m, or ask again with: ${lockCommand('lock status', place, program)}`,
  })
}

/** `It has been running deploy v1 since …; the lock lasts until … unless it is renewed. Its run: https://….` */
function holding({ command, since, until, run }: LockRecord): string {
  return `It has been running ${command} since ${since}; the lock lasts until ${until} unless it is renewed.${run ? ` Its run: ${run}.` : ''}`
}

/** This run no longer holds it, as the object tells; undefined: the object is gone. */
export function lostError(place: LockPlace, seen: Seen | undefined, program: string | undefined): EcsTaskError {
  const name = lockedName(place)
  const { released, holder, since } = seen?.record ?? {}
  const message = released?.message === undefined ? '' : `: ${released.message}`
  const how = released
    ? `${released.by} released it at ${released.at}${message}`
    : holder === undefined
      ? 'its object was deleted'
      : `${holder} took it over at ${since}`
  return lost(`The lock of ${name} was lost: ${how}.`, place, program)
}

/** Nobody knows whether this run still holds it. */
export function unrenewedError(place: LockPlace, error: unknown, program: string | undefined): EcsTaskError {
  const what = `The lock of ${lockedName(place)} was lost: it could not be renewed in time.`
  return lost(what, place, program, error)
}

function lost(what: string, place: LockPlace, program: string | undefined, cause?: unknown): EcsTaskError {
  const because = cause instanceof Error ? ` ${cause.name}: ${cause.message}` : ''
  return new EcsTaskError('InProgressElsewhere', what, {
    why: `A run without its lock writes nothing more.${because}`,
    fix: `Before you change anything by hand, see who holds it with: ${lockCommand('lock status', place, program)}`,
    cause,
  })
}

/** It could not be given back. */
export function keptText(place: LockPlace, why: string, program: string | undefined): string {
  const command = lockCommand('lock release', place, program)
  return `The lock of ${lockedName(place)} was not given back: ${why}. It ends by itself within a minute; at once with: ${command}`
}
