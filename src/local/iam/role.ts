// A role of IAM: how it is found and shown, and whom it trusts.
import { AwsFault } from '../world/fault.ts'
import { own } from '../world/own.ts'
import { capitalTagsOf } from '../world/tags.ts'
import type { Global, RoleRecord } from '../world/world.ts'
import { texts } from './condition.ts'
import { statementsOf } from './policy.ts'

/** The role of that name; throws NoSuchEntity. */
export function findRole(global: Global, name: string): RoleRecord {
  const found = own(global.roles, name)
  if (!found) throw new AwsFault('NoSuchEntity', `The role with name ${name} cannot be found.`, 404)
  return found
}

/** The role of that ARN, where there is one. */
export const roleOfArn = (global: Global, arn: string): RoleRecord | undefined =>
  Object.values(global.roles).find(({ role }) => role.Arn === arn)

/** A role as CreateRole and GetRole show it. IAM encodes every policy document as in a URL. */
export function shownRole({ role }: RoleRecord, global: Global) {
  const { AssumeRolePolicyDocument, ...shown } = role
  const Tags = capitalTagsOf(global, role.Arn)
  return {
    ...shown,
    AssumeRolePolicyDocument: encodeURIComponent(AssumeRolePolicyDocument),
    ...(Tags.length > 0 && { Tags }),
  }
}

/** Whether a role can be assumed by one of these principals: an account, a user's ARN, `scheduler.amazonaws.com`. */
export const trusts = ({ role }: RoleRecord, principals: readonly string[]): boolean =>
  statementsOf(role.AssumeRolePolicyDocument).some(
    ({ Effect, Principal }) =>
      Effect === 'Allow' && principalsOf(Principal).some((each) => each === '*' || principals.includes(each)),
  )

function principalsOf(principal: unknown): string[] {
  if (typeof principal === 'string') return [principal]
  if (typeof principal !== 'object' || principal === null) return []
  return Object.values(principal).flatMap(texts)
}
