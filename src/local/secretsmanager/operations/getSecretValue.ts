// Returns a version of a secret: AWSCURRENT, or that of another stage or id. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
import type { GetSecretValueRequest, GetSecretValueResponse } from '@aws-sdk/client-secrets-manager'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { findLivingSecret } from '../secret.ts'

const day = 86_400

export const getSecretValue: Operation<GetSecretValueRequest, GetSecretValueResponse> = (
  input,
  context,
): Wire<GetSecretValueResponse> => {
  const { VersionId, VersionStage = VersionId === undefined ? 'AWSCURRENT' : undefined } = input
  const secret = findLivingSecret(context, input.SecretId)
  const found = secret.versions.find(
    (version) =>
      (VersionId === undefined || version.VersionId === VersionId) &&
      (VersionStage === undefined || version.stages.includes(VersionStage)),
  )
  if (!found) {
    const which = VersionId === undefined ? `staging label: ${VersionStage}` : `VersionId: ${VersionId}`
    throw new AwsFault(
      'ResourceNotFoundException',
      `Secrets Manager can't find the specified secret value for ${which}`,
    )
  }
  // AWS notes the day of an access, and no more.
  secret.LastAccessedDate = Math.floor(context.now / 1000 / day) * day
  const { ARN, Name } = secret
  const { SecretString, SecretBinary, CreatedDate, stages } = found
  return { ARN, Name, VersionId: found.VersionId, SecretString, SecretBinary, VersionStages: stages, CreatedDate }
}
