// The records of S3, whose names belong to all regions: buckets with their objects.

export interface S3Records {
  /** By name. */
  readonly s3Buckets: Record<string, BucketRecord>
}

export interface BucketRecord {
  readonly region: string
  readonly createdAt: number
  /** By key. */
  readonly objects: Record<string, ObjectRecord>
}

export interface ObjectRecord {
  /** Text; what is none does not survive. */
  readonly body: string
  /** With its quotes, as in the header. */
  readonly etag: string
  readonly modifiedAt: number
  readonly contentType: string
  readonly metadata: Readonly<Record<string, string>>
}
