// A secret: how it is found, and how a version is added to it.
import { AwsFault } from '../world/fault.ts'
import type { Context } from '../world/operation.ts'
import { own } from '../world/own.ts'
import type { Region, SecretRecord } from '../world/world.ts'

/** The secret of that name or ARN, also one on its way out; throws ResourceNotFoundException. */
export function findSecret({ region, now }: Pick<Context, 'region' | 'now'>, nameOrArn: string): SecretRecord {
  const found = nameOrArn.startsWith('arn:') ? ofArn(region, nameOrArn) : own(region.secrets, nameOrArn)
  if (!found || (found.DeletionDate ?? Infinity) <= now / 1000) {
    throw new AwsFault('ResourceNotFoundException', "Secrets Manager can't find the specified secret.")
  }
  return found
}

/** The same, but for one on its way out: `what` can't be done with it. */
export function findLivingSecret(context: Pick<Context, 'region' | 'now'>, nameOrArn: string): SecretRecord {
  const found = findSecret(context, nameOrArn)
  if (found.DeletedDate === undefined) return found
  throw new AwsFault(
    'InvalidRequestException',
    "You can't perform this operation on the secret because it was marked for deletion.",
  )
}

/** An ARN also names a secret without the six characters at its end. */
const ofArn = (region: Region, arn: string): SecretRecord | undefined =>
  Object.values(region.secrets).find(({ ARN }) => ARN === arn || ARN.slice(0, -7) === arn)

/** What a version of a secret holds. */
export interface Content {
  SecretString?: string | undefined
  SecretBinary?: string | undefined
  ClientRequestToken?: string | undefined
}

/** Whether a version holds the same, so that putting it again changes nothing; throws where its id is taken by another. */
export function isThere(
  { ARN, versions }: SecretRecord,
  { ClientRequestToken, SecretString, SecretBinary }: Content,
): boolean {
  const existing = versions.find(({ VersionId }) => VersionId === ClientRequestToken)
  if (!existing) return false
  if (existing.SecretString === SecretString && existing.SecretBinary === SecretBinary) return true
  throw new AwsFault(
    'ResourceExistsException',
    `You can't use ClientRequestToken ${ClientRequestToken} because that value is already in use for a version of secret ${ARN}.`,
  )
}

/** Adds a version with these stages, which the others lose; what was AWSCURRENT becomes AWSPREVIOUS. */
export function addVersion(
  { now, ids }: Context,
  secret: SecretRecord,
  { ClientRequestToken = ids.uuid(), SecretString, SecretBinary }: Content,
  stages: string[] = ['AWSCURRENT'],
): string {
  const current = secret.versions.find((version) => version.stages.includes('AWSCURRENT'))
  const moved = stages.includes('AWSCURRENT') && current ? [...stages, 'AWSPREVIOUS'] : stages
  for (const version of secret.versions) version.stages = version.stages.filter((stage) => !moved.includes(stage))
  if (moved !== stages) current?.stages.push('AWSPREVIOUS')
  const CreatedDate = now / 1000
  secret.versions.push({ VersionId: ClientRequestToken, CreatedDate, SecretString, SecretBinary, stages: [...stages] })
  secret.LastChangedDate = CreatedDate
  return ClientRequestToken
}

/** The stages of each version that has any, by its id. */
export const stagesOf = ({ versions }: SecretRecord): Record<string, string[]> =>
  Object.fromEntries(versions.filter(({ stages }) => stages.length > 0).map((each) => [each.VersionId, each.stages]))

/** Refuses what is no content of a version: both kinds of value, a token of another length, too much. */
export function checkContent({ SecretString, SecretBinary, ClientRequestToken }: Content): void {
  if (SecretString !== undefined && SecretBinary !== undefined) {
    throw invalid("You can't specify both a binary secret value and a string secret value in the same secret.")
  }
  if (ClientRequestToken !== undefined && !/^.{32,64}$/s.test(ClientRequestToken)) {
    throw invalid('ClientRequestToken must be 32-64 characters long.')
  }
  if (Buffer.byteLength(SecretString ?? SecretBinary ?? '') > 65_536) {
    throw new AwsFault('ValidationException', 'A secret value has at most 65536 bytes.')
  }
}

const invalid = (message: string): AwsFault => new AwsFault('InvalidParameterException', message)
