// Creates a secret, with or without a first version. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
import type { CreateSecretRequest, CreateSecretResponse } from '@aws-sdk/client-secrets-manager'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { own } from '../../world/own.ts'
import type { SecretRecord } from '../../world/world.ts'
import { addVersion, checkContent, isThere } from '../secret.ts'

export const createSecret: Operation<CreateSecretRequest, CreateSecretResponse> = (
  input,
  context,
): Wire<CreateSecretResponse> => {
  const { region, now, ids } = context
  const { Name, Description, KmsKeyId, Tags, SecretString, SecretBinary, ClientRequestToken } = input
  if (!/^[\w/+=.@-]{1,512}$/.test(Name)) {
    throw new AwsFault(
      'ValidationException',
      'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
    )
  }
  checkContent(input)
  const existing = own(region.secrets, Name)
  if (existing && (existing.DeletionDate ?? Infinity) > now / 1000) {
    if (existing.DeletedDate !== undefined) {
      throw new AwsFault(
        'InvalidRequestException',
        "You can't create this secret because a secret with this name is already scheduled for deletion.",
      )
    }
    if (isThere(existing, input)) return { ARN: existing.ARN, Name, VersionId: ClientRequestToken }
    throw new AwsFault('ResourceExistsException', `The operation failed because the secret ${Name} already exists.`)
  }
  const ARN = `arn:aws:secretsmanager:${region.name}:${region.account}:secret:${Name}-${ids.text(6).replace(/[-_]/g, 'x')}`
  const at = now / 1000
  const secret: SecretRecord = { ARN, Name, CreatedDate: at, LastChangedDate: at, Description, KmsKeyId, versions: [] }
  region.secrets[Name] = secret
  if (Tags) region.tags[ARN] = Tags
  if (SecretString === undefined && SecretBinary === undefined) return { ARN, Name }
  return { ARN, Name, VersionId: addVersion(context, secret, input) }
}
