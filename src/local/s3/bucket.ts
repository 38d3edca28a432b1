// Buckets and objects, how they are found, and the conditions of a write.
import { AwsFault } from '../world/fault.ts'
import { own } from '../world/own.ts'
import type { BucketRecord, Global, ObjectRecord } from '../world/world.ts'

export function findBucket({ s3Buckets }: Global, name: string): BucketRecord {
  const found = own(s3Buckets, name)
  if (!found) throw new AwsFault('NoSuchBucket', 'The specified bucket does not exist', 404)
  return found
}

export function findObject({ objects }: BucketRecord, key: string): ObjectRecord {
  const found = own(objects, key)
  if (!found) throw noSuchKey()
  return found
}

const noSuchKey = (): AwsFault => new AwsFault('NoSuchKey', 'The specified key does not exist.', 404)

/** Conditions of a request; ETags with or without their quotes. */
interface Conditions {
  readonly IfMatch?: string | undefined
  readonly IfNoneMatch?: string | undefined
}

/** Refuses a write whose condition does not hold for what is there. */
export function checkConditions(found: ObjectRecord | undefined, { IfMatch, IfNoneMatch }: Conditions): void {
  if (IfNoneMatch !== undefined && IfNoneMatch !== '*') {
    throw new AwsFault('NotImplemented', 'A header you provided implies functionality that is not implemented', 501)
  }
  if (IfNoneMatch === '*' && found) failed()
  if (IfMatch === undefined) return
  if (!found) throw noSuchKey()
  if (!isMatch(found, IfMatch)) failed()
}

export const isMatch = ({ etag }: ObjectRecord, wanted: string): boolean =>
  wanted === '*' || etag.replaceAll('"', '') === wanted.replaceAll('"', '')

export function failed(): never {
  throw new AwsFault('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412)
}

/** What GetObject and HeadObject say of an object. */
export const headOf = ({ body, etag, modifiedAt, contentType, metadata }: ObjectRecord) => ({
  ETag: etag,
  LastModified: modifiedAt,
  ContentLength: Buffer.byteLength(body),
  ContentType: contentType,
  Metadata: { ...metadata },
})
