/** Reads and writes the object of a lock: each write only where the object is still what was seen. */
import type { Aws, Output } from '../../aws/aws.ts'
import { isDenied } from '../../aws/denied.ts'
import { isLost } from '../../aws/retry.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { type LockPlace, urlOf } from './places.ts'
import { type LockRecord, type Seen, parseRecord, textOf } from './record.ts'

/** What came of a write. Of one that is `unanswered` only the object itself can tell. */
export type Written = { readonly etag: string } | { readonly refused: true } | { readonly unanswered: unknown }

/** Writes a record in place of what has this ETag; without one, where no object is. Throws what no other attempt will change. */
export async function writeLock(
  aws: Aws,
  place: LockPlace,
  record: LockRecord,
  etag: string | undefined,
): Promise<Written> {
  const { bucket: Bucket, key: Key } = place
  const condition = etag === undefined ? { IfNoneMatch: '*' } : { IfMatch: etag }
  const content = { Body: textOf(record), ContentType: 'application/json' }
  try {
    const { ETag = '' } = await aws.call('putObject', { Bucket, Key, ...content, ...condition })
    return { etag: ETag }
  } catch (error) {
    if (others.has((error as Error).name)) return { refused: true }
    if (isLost(error)) return { unanswered: error }
    throw explained(error, place, 's3:PutObject')
  }
}

/** What S3 answers where the object is another than was seen, is gone, or is being written by somebody else. */
const others = new Set(['PreconditionFailed', 'NoSuchKey', 'ConditionalRequestConflict'])

/** Undefined where there is no object. */
export async function readLock(aws: Aws, place: LockPlace, signal?: AbortSignal): Promise<Seen | undefined> {
  const { bucket: Bucket, key: Key } = place
  let answer: Output<'getObject'>
  try {
    answer = await aws.call('getObject', { Bucket, Key }, signal)
  } catch (error) {
    if ((error as Error).name === 'NoSuchKey') return undefined
    throw explained(error, place, 's3:GetObject')
  }
  const { Body = '', ETag = '', LastModified, ServedAt } = answer
  const record = parseRecord(Body)
  const age = LastModified && ServedAt ? ServedAt.getTime() - LastModified.getTime() : undefined
  if (record) return { record, etag: ETag, age }
  throw new EcsTaskError('BadArguments', `${urlOf(place)} is not a lock of ecs-task.`, {
    why: 'Something else has written the object, or a later version of ecs-task.',
    fix: 'Choose another prefix, or delete it.',
  })
}

/** Where a bucket is in another region, by the words of S3 for a request that went to the wrong one. */
const elsewhere = new Set(['PermanentRedirect', 'AuthorizationHeaderMalformed', 'IllegalLocationConstraintException'])

function explained(error: unknown, { bucket, key }: LockPlace, action: string): unknown {
  const { name = '', message = '' } = (error ?? {}) as Partial<Error>
  const cause = { cause: error }
  if (name === 'NoSuchBucket') {
    return new EcsTaskError('NotFound', `The bucket ${bucket} of the lock does not exist.`, {
      fix: 'Create it in the region of the services, or name another.',
      ...cause,
    })
  }
  if (elsewhere.has(name)) {
    return new EcsTaskError('BadArguments', `The bucket ${bucket} of the lock is in another region.`, {
      why: message,
      fix: 'Name a bucket in the region of the services.',
      ...cause,
    })
  }
  if (!isDenied(error)) return error
  return new EcsTaskError('RefusedByAws', `AWS denied ${action} on arn:aws:s3:::${bucket}/${key}.`, {
    why: message,
    fix: 'A lock needs s3:GetObject and s3:PutObject; ecs-task policy prints them.',
    ...cause,
  })
}
