// Writes an object, where its condition holds. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
import { createHash } from 'node:crypto'
import type { PutObjectOutput, PutObjectRequest } from '@aws-sdk/client-s3'
import type { Operation, Wire } from '../../world/operation.ts'
import { own } from '../../world/own.ts'
import { checkConditions, findBucket } from '../bucket.ts'

/** The body is text by now, whatever a caller may hand the SDK. */
type Input = Omit<PutObjectRequest, 'Body'> & { Body?: string }

export const putObject: Operation<Input, PutObjectOutput> = (input, { global, now }): Wire<PutObjectOutput> => {
  const { Bucket, Key, Body = '', ContentType = 'binary/octet-stream', Metadata = {} } = input
  const { objects } = findBucket(global, Bucket)
  checkConditions(own(objects, Key), input)
  const ETag = `"${createHash('md5').update(Body).digest('hex')}"`
  objects[Key] = { body: Body, etag: ETag, modifiedAt: now / 1000, contentType: ContentType, metadata: Metadata }
  return { ETag }
}
