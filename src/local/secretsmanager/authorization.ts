// What Secrets Manager asks of a caller's policies.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html
import { type Authorization, type Authorizations, onEach } from '../world/authorization.ts'
import { own } from '../world/own.ts'

/** A name stands for the ARN with the six characters at its end, of which nothing is known where there is no such secret. */
const ofSecret: Authorization<{ SecretId: string }> = ({ SecretId }, { region }) => {
  const named = `arn:aws:secretsmanager:${region.name}:${region.account}:secret:${SecretId}-??????`
  return onEach([SecretId.startsWith('arn:') ? SecretId : (own(region.secrets, SecretId)?.ARN ?? named)])
}

export const secretsmanagerAuthorizations: Authorizations = {
  deleteSecret: ofSecret,
  describeSecret: ofSecret,
  getSecretValue: ofSecret,
  putSecretValue: ofSecret,
}
