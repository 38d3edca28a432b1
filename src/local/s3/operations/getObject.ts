// Returns an object, unless its condition says otherwise, and the time. https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
import type { GetObjectOutput, GetObjectRequest } from '@aws-sdk/client-s3'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { failed, findBucket, findObject, headOf, isMatch } from '../bucket.ts'

/** `Date` is the header that HTTP has for it. */
type Output = Omit<GetObjectOutput, 'Body'> & { Body: string; Date: number }

export const getObject: Operation<GetObjectRequest, Output> = (
  { Bucket, Key, IfMatch, IfNoneMatch },
  { global, now },
): Wire<Output> => {
  const found = findObject(findBucket(global, Bucket), Key)
  if (IfMatch !== undefined && !isMatch(found, IfMatch)) failed()
  if (IfNoneMatch !== undefined && isMatch(found, IfNoneMatch)) throw new AwsFault('NotModified', 'Not Modified', 304)
  return { ...headOf(found), Body: found.body, Date: now / 1000 }
}
