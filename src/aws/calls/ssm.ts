/** The calls to Systems Manager. */
import type * as ssm from '@aws-sdk/client-ssm'
import { type CallFacts, tableOf } from '../callFacts.ts'

/** What goes in and what comes out of each call to Systems Manager. */
export interface SsmCalls {
  getParameters: [ssm.GetParametersCommandInput, ssm.GetParametersCommandOutput]
}

const { read } = tableOf('ssm')

export const ssmCalls: Readonly<Record<keyof SsmCalls, CallFacts>> = {
  getParameters: read('parameterStore', {
    batch: { of: 'Names', most: 10, items: ['Parameters', 'InvalidParameters'] },
  }),
}
