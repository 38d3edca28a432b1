// Says whether a bucket is there, and where. https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html
import type { HeadBucketOutput, HeadBucketRequest } from '@aws-sdk/client-s3'
import type { Operation, Wire } from '../../world/operation.ts'
import { findBucket } from '../bucket.ts'

export const headBucket: Operation<HeadBucketRequest, HeadBucketOutput> = (
  { Bucket },
  { global },
): Wire<HeadBucketOutput> => ({
  BucketRegion: findBucket(global, Bucket).region,
})
