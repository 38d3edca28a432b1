/** The calls to Secrets Manager. */
import type * as secretsmanager from '@aws-sdk/client-secrets-manager'
import { type CallFacts, tableOf } from '../callFacts.ts'

/** What goes in and what comes out of each call to Secrets Manager. */
export interface SecretsmanagerCalls {
  describeSecret: [secretsmanager.DescribeSecretCommandInput, secretsmanager.DescribeSecretCommandOutput]
  getSecretValue: [secretsmanager.GetSecretValueCommandInput, secretsmanager.GetSecretValueCommandOutput]
}

const { read } = tableOf('secretsmanager')

export const secretsmanagerCalls: Readonly<Record<keyof SecretsmanagerCalls, CallFacts>> = {
  describeSecret: read('secretsManager'),
  getSecretValue: read('secretsManager'),
}
