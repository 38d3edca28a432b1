// The user that everybody is who calls, and what an ARN of a user or a role stands for in a simulation.
import { callerArn } from '../world/arn.ts'
import { AwsFault } from '../world/fault.ts'
import type { Context } from '../world/operation.ts'
import { roleOfArn } from './role.ts'

/** Refuses every user but `local`. */
export function checkUser(name: string): void {
  if (name === 'local') return
  throw new AwsFault('NoSuchEntity', `The user with name ${name} cannot be found.`, 404)
}

/** The policies of a user or role by its ARN; undefined for the user `local` while it has none: it may do everything. */
export function policiesOf({ region, global }: Context, arn: string): string[] | undefined {
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
