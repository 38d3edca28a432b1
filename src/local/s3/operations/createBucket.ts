// Creates a bucket; in us-east-1 one of your own is created again. https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
import type { CreateBucketOutput, CreateBucketRequest } from '@aws-sdk/client-s3'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { byName, own } from '../../world/own.ts'

export const createBucket: Operation<CreateBucketRequest, CreateBucketOutput> = (
  { Bucket },
  { region, global, now },
): Wire<CreateBucketOutput> => {
  if (!/^(?!xn--|sthree-)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(Bucket) || Bucket.includes('..')) {
    throw new AwsFault('InvalidBucketName', 'The specified bucket is not valid.')
  }
  if (own(global.s3Buckets, Bucket)) {
    if (region.name === 'us-east-1') return { Location: `/${Bucket}` }
    const message = 'Your previous request to create the named bucket succeeded and you already own it.'
    throw new AwsFault('BucketAlreadyOwnedByYou', message, 409)
  }
  global.s3Buckets[Bucket] = { region: region.name, createdAt: now / 1000, objects: byName() }
  return { Location: `/${Bucket}` }
}
