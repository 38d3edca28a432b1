// What S3 asks of a caller's policies: the actions of some operations are called otherwise.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
import { type Authorization, type Authorizations, onEach } from '../world/authorization.ts'

type OfObject = { readonly Bucket: string; readonly Key: string }

const ofObject: Authorization<OfObject> = ({ Bucket, Key }) => onEach([`arn:aws:s3:::${Bucket}/${Key}`])
const headObject: Authorization<OfObject> = (input, context) =>
  ofObject(input, context).map((one) => ({ ...one, action: 's3:GetObject' }))
const createBucket: Authorization<{ Bucket: string }> = ({ Bucket }) => onEach([`arn:aws:s3:::${Bucket}`])
const headBucket: Authorization<{ Bucket: string }> = (input, context) =>
  createBucket(input, context).map((one) => ({ ...one, action: 's3:ListBucket' }))

export const s3Authorizations: Authorizations = {
  createBucket,
  deleteObject: ofObject,
  getObject: ofObject,
  headBucket,
  headObject,
  putObject: ofObject,
}
