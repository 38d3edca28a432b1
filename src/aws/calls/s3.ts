/** The calls to S3. */
import type * as s3 from '@aws-sdk/client-s3'
import { type CallFacts, tableOf } from '../callFacts.ts'

/** What GetObject answers, with the object as text, and the time at which S3 answered it. */
interface ReadObject extends Omit<s3.GetObjectCommandOutput, 'Body'> {
  Body?: string
  /** By the clock of S3; undefined where a transport does not say it. */
  ServedAt?: Date
}

/** What goes in and what comes out of each call to S3. */
export interface S3Calls {
  getObject: [s3.GetObjectCommandInput, ReadObject]
  putObject: [s3.PutObjectCommandInput, s3.PutObjectCommandOutput]
}

const { read, write } = tableOf('s3')

export const s3Calls: Readonly<Record<keyof S3Calls, CallFacts>> = {
  getObject: read('objectStorage'),
  // A second one would fail on the condition that the first has fulfilled: who was not answered has to look.
  putObject: write('objectStorage', { once: true }),
}
