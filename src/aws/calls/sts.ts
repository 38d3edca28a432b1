/** The calls to STS. */
import type * as sts from '@aws-sdk/client-sts'
import { type CallFacts, tableOf } from '../callFacts.ts'

/** What goes in and what comes out of each call to STS. */
export interface StsCalls {
  getCallerIdentity: [sts.GetCallerIdentityCommandInput, sts.GetCallerIdentityCommandOutput]
}

const { read } = tableOf('sts')

export const stsCalls: Readonly<Record<keyof StsCalls, CallFacts>> = {
  getCallerIdentity: read('sts'),
}
