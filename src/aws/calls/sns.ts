/** The calls to SNS. */
import type * as sns from '@aws-sdk/client-sns'
import { type CallFacts, tableOf } from '../callFacts.ts'

/** What goes in and what comes out of each call to SNS. */
export interface SnsCalls {
  publish: [sns.PublishCommandInput, sns.PublishCommandOutput]
}

const { write } = tableOf('sns')

export const snsCalls: Readonly<Record<keyof SnsCalls, CallFacts>> = {
  publish: write('sns', { once: true }),
}
