/** Which objects lock what a run writes to. Pure. */
import type { Definition } from '../../definition/definition.ts'
import { onlyOf } from '../../ground/command.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { nameOf } from '../../ground/names.ts'
import { parseS3Url, s3UrlMust } from '../../ground/s3Url.ts'

/**
 * What a lock is of: a service, or the family of a class without one. `only` is the value of `--only` for that class where its
 * program has others.
 */
export type Locked =
  | { readonly cluster: string; readonly service: string }
  | { readonly family: string; readonly only?: string | undefined }

/** An object that locks something. */
export interface LockPlace {
  readonly bucket: string
  readonly key: string
  /** `s3://bucket/prefix`, as it was given. */
  readonly lock: string
  readonly of: Locked
}

/** What the lock of a definition is of; `lock` in place of what it declares. */
export interface ToLock {
  readonly lock: string
  readonly of: readonly Locked[]
}

/** What a run of these definitions locks: one after another by their URLs, in which order every run takes them. */
export function lockPlaces(wanted: readonly ToLock[], region: string | undefined): LockPlace[] {
  const all = wanted.flatMap(({ lock, of }) => of.map((one) => placeOf(lock, one, region)))
  const byUrl = new Map(all.map((place) => [urlOf(place), place]))
  return [...byUrl.keys()].toSorted().map((url) => byUrl.get(url)!)
}

/** What definitions lock, each where it declares it or all where `lock` says; `leftOut` are other classes of their program. */
export function toLock(
  definitions: readonly Definition[],
  lock: string | undefined,
  leftOut: readonly string[] = [],
): ToLock[] {
  const classes = [...definitions.map(({ name }) => name), ...leftOut]
  return definitions.flatMap((definition) => {
    const where = lock ?? definition.lock
    return where === undefined ? [] : { lock: where, of: lockedBy(definition, classes) }
  })
}

function lockedBy({ name, updateServices, taskDefinition }: Definition, classes: readonly string[]): Locked[] {
  if (updateServices.length === 0) return [{ family: taskDefinition.family, only: onlyOf([name], classes) }]
  return updateServices.map(({ cluster = 'default', service }) => ({ cluster, service }))
}

function placeOf(lock: string, of: Locked, region = 'any-region'): LockPlace {
  const found = parseS3Url(lock)
  if (!found) {
    throw new EcsTaskError('BadArguments', `${lock} is not where a lock can be.`, { fix: `Write ${s3UrlMust}.` })
  }
  const path = 'family' in of ? ['families', of.family] : ['services', nameOf(of.cluster), nameOf(of.service)]
  const key = [...(found.prefix === '' ? [] : [found.prefix]), region, ...path].join('/')
  return { bucket: found.bucket, key: `${key}.json`, lock, of }
}

export const urlOf = ({ bucket, key }: LockPlace): string => `s3://${bucket}/${key}`

/** What a lock is of, for people: `my_cluster/web`. */
export function lockedName({ of }: LockPlace): string {
  return 'family' in of ? `family ${of.family}` : `${nameOf(of.cluster)}/${nameOf(of.service)}`
}
