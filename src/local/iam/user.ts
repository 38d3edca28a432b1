// The user that everybody is who calls, and what an ARN of a user or a role stands for in a simulation.
import { callerArn } from '../world/arn.ts'
import { AwsFault } from '../world/fault.ts'
import type { Context } from '../world/operation.ts'
import { own } from '../world/own.ts'
import { roleOfArn } from './role.ts'

/** Refuses every user but `local`. */
export function checkUser(name: string): void {
  if (name === 'local') return
  throw new AwsFault('NoSuchEntity', `The user with name ${name} cannot be found.`, 404)
}

/** The ARN of whoever calls: the user `local`, or the session of a role that was assumed. */
export const callerOf = ({ region, global, accessKeyId = '' }: Context): string =>
  own(global.sessions, accessKeyId)?.arn ?? callerArn(region)

/** Whether the caller is that user, or has assumed that role. */
function isCaller(context: Context, arn: string): boolean {
  const caller = callerOf(context)
  const role = /:assumed-role\/([^/]+)\//.exec(caller)?.[1]
  return arn === caller || (role !== undefined && roleOfArn(context.global, arn)?.role.RoleName === role)
}

/**
 * The policies of a user or role by its ARN; undefined for the user `local` while it has none: it may do everything. The caller's
 * is the one that was handed to the local AWS, if any was.
 */
export function policiesOf(context: Context, arn: string): string[] | undefined {
  const { region, global, policy } = context
  if (policy !== undefined && isCaller(context, arn)) return [policy]
  if (arn === callerArn(region)) {
    const documents = Object.values(global.userPolicies)
    return documents.length > 0 ? documents : undefined
  }
  if (!/^arn:[\w-]+:iam::\d{12}:(?:user|group|role)\//.test(arn)) {
    throw new AwsFault('InvalidInput', `Invalid Entity Arn: ${arn} does not clearly define entity type and name.`)
  }
  const role = roleOfArn(global, arn)
  if (!role) throw new AwsFault('NoSuchEntity', `The principal ${arn} cannot be found.`, 404)
  return role.policies.map(([, document]) => document)
}
