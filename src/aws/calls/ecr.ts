/** The calls to ECR. */
import type * as ecr from '@aws-sdk/client-ecr'
import { type CallFacts, tableOf } from '../callFacts.ts'

/** What goes in and what comes out of each call to ECR. */
export interface EcrCalls {
  batchGetImage: [ecr.BatchGetImageCommandInput, ecr.BatchGetImageCommandOutput]
}

const { read } = tableOf('ecr')

export const ecrCalls: Readonly<Record<keyof EcrCalls, CallFacts>> = {
  batchGetImage: read('containerRegistry', {
    batch: { of: 'imageIds', most: 100, items: ['images', 'failures'] },
  }),
}
