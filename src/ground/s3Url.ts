/** Places in S3 as people write them: `s3://bucket/prefix`. */

/** A bucket and a prefix in it, which is empty for the whole bucket and has no slash at either end. */
export interface S3Place {
  readonly bucket: string
  readonly prefix: string
}

/** What a place must be, for an error. */
export const s3UrlMust = 's3://, the name of a bucket and, if you like, a prefix, as in s3://my-bucket/locks'

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const url = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((?:\/[\w.=@+-]+)*)\/?$/

/** Undefined where the text names no place. A part of dots alone would be another place to whoever tidies up paths. */
export function parseS3Url(text: string): S3Place | undefined {
  const [, bucket = '', path = ''] = url.exec(text) ?? []
  if (bucket === '' || path.length > 500 || /\/\.{1,2}(\/|$)/.test(path)) return undefined
  return { bucket, prefix: path.slice(1) }
}
