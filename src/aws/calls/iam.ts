/** The calls to IAM. */
import type * as iam from '@aws-sdk/client-iam'
import { type CallFacts, tableOf } from '../callFacts.ts'

/** What goes in and what comes out of each call to IAM. */
export interface IamCalls {
  getRole: [iam.GetRoleCommandInput, iam.GetRoleCommandOutput]
  simulatePrincipalPolicy: [iam.SimulatePrincipalPolicyCommandInput, iam.SimulatePrincipalPolicyCommandOutput]
}

const { read } = tableOf('iam')

export const iamCalls: Readonly<Record<keyof IamCalls, CallFacts>> = {
  getRole: read('iam'),
  simulatePrincipalPolicy: read('iam', {
    page: { items: 'EvaluationResults', size: 'MaxItems', most: 1000, token: 'Marker' },
  }),
}
