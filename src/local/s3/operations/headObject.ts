// Says what GetObject says of an object, without the object. https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
import type { HeadObjectOutput, HeadObjectRequest } from '@aws-sdk/client-s3'
import type { Operation, Wire } from '../../world/operation.ts'
import { findBucket, findObject, headOf } from '../bucket.ts'

export const headObject: Operation<HeadObjectRequest, HeadObjectOutput> = (
  { Bucket, Key },
  { global },
): Wire<HeadObjectOutput> => headOf(findObject(findBucket(global, Bucket), Key))
