// Adds a version to a secret, AWSCURRENT unless other stages are named. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html
import type { PutSecretValueRequest, PutSecretValueResponse } from '@aws-sdk/client-secrets-manager'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { addVersion, checkContent, findLivingSecret, isThere } from '../secret.ts'

export const putSecretValue: Operation<PutSecretValueRequest, PutSecretValueResponse> = (
  input,
  context,
): Wire<PutSecretValueResponse> => {
  const secret = findLivingSecret(context, input.SecretId)
  checkContent(input)
  if (input.SecretString === undefined && input.SecretBinary === undefined) {
    throw new AwsFault('InvalidParameterException', 'You must provide either SecretString or SecretBinary.')
  }
  const VersionId = isThere(secret, input)
    ? input.ClientRequestToken
    : addVersion(context, secret, input, input.VersionStages)
  const VersionStages = secret.versions.find((version) => version.VersionId === VersionId)?.stages
  return { ARN: secret.ARN, Name: secret.Name, VersionId, VersionStages }
}
