// Describes a secret without its value, also one that is marked for deletion. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html
import type { DescribeSecretRequest, DescribeSecretResponse } from '@aws-sdk/client-secrets-manager'
import type { Operation, Wire } from '../../world/operation.ts'
import { capitalTagsOf } from '../../world/tags.ts'
import { findSecret, stagesOf } from '../secret.ts'

export const describeSecret: Operation<DescribeSecretRequest, DescribeSecretResponse> = (
  { SecretId },
  context,
): Wire<DescribeSecretResponse> => {
  const secret = findSecret(context, SecretId)
  const { versions: _, DeletionDate: __, ...shown } = secret
  const Tags = capitalTagsOf(context.region, secret.ARN)
  return { ...shown, ...(Tags.length > 0 && { Tags }), VersionIdsToStages: stagesOf(secret) }
}
