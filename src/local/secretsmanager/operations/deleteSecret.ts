// Marks a secret for deletion in 30 days, or another 7 to 30, or deletes it at once. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html
import type { DeleteSecretRequest, DeleteSecretResponse } from '@aws-sdk/client-secrets-manager'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { findLivingSecret } from '../secret.ts'

export const deleteSecret: Operation<DeleteSecretRequest, DeleteSecretResponse> = (
  input,
  context,
): Wire<DeleteSecretResponse> => {
  const { RecoveryWindowInDays, ForceDeleteWithoutRecovery = false } = input
  const { region, now } = context
  if (ForceDeleteWithoutRecovery && RecoveryWindowInDays !== undefined) {
    throw new AwsFault(
      'InvalidParameterException',
      "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
    )
  }
  const days = RecoveryWindowInDays ?? 30
  if (days < 7 || days > 30) {
    throw new AwsFault(
      'InvalidParameterException',
      'The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).',
    )
  }
  const secret = findLivingSecret(context, input.SecretId)
  const { ARN, Name } = secret
  if (ForceDeleteWithoutRecovery) {
    delete region.secrets[Name]
    delete region.tags[ARN]
    return { ARN, Name, DeletionDate: now / 1000 }
  }
  secret.DeletedDate = now / 1000
  secret.DeletionDate = now / 1000 + days * 86_400
  return { ARN, Name, DeletionDate: secret.DeletionDate }
}
