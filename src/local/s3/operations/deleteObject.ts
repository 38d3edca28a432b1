// Deletes an object, where its condition holds; one that is not there counts as deleted. https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html
import type { DeleteObjectRequest } from '@aws-sdk/client-s3'
import type { Nothing, Operation } from '../../world/operation.ts'
import { own } from '../../world/own.ts'
import { failed, findBucket, isMatch } from '../bucket.ts'

export const deleteObject: Operation<DeleteObjectRequest, Nothing> = (
  { Bucket, Key, IfMatch },
  { global },
): Nothing => {
  const { objects } = findBucket(global, Bucket)
  const found = own(objects, Key)
  if (found && IfMatch !== undefined && !isMatch(found, IfMatch)) failed()
  delete objects[Key]
  return {}
}
