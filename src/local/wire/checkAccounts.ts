// Refuses a call about two accounts. Whose the caller is the local AWS does not know, since definitions name the real one: the first
// that a call names counts as the caller's, and so does its own.
import { callerArn } from '../world/arn.ts'
import { AwsFault } from '../world/fault.ts'
import type { Context, Unchecked } from '../world/operation.ts'
import type { Call } from './dialect.ts'

/** What is of one account: things of ECS, which nobody may share, and the roles that are handed to it. */
const owned = [/^arn:[\w-]+:ecs:[\w-]*:(\d{12}):/, /^arn:[\w-]+:iam::(\d{12}):role\//]

/** Below these stands what users write. */
const texts = new Set(['tags', 'Tags', 'environment', 'command', 'entryPoint', 'dockerLabels', 'options', 'Input'])

const services = new Set(['ecs', 'events'])

/**
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
export function checkAccounts({ service, operation }: Call, input: Unchecked, { region }: Context): void {
  if (!services.has(service)) return
  const named = arnsIn(input).flatMap((arn) =>
    owned.flatMap((form, rank) => {
      const account = form.exec(arn)?.[1]
      return account === undefined || account === region.account ? [] : [{ arn, account, rank }]
    }),
  )
  const [first, ...others] = named.toSorted((one, other) => one.rank - other.rank)
  const foreign = others.find(({ account }) => account !== first?.account)
  if (!foreign) return
  const action = `${service}:${operation}`
  throw new AwsFault(
    'AccessDeniedException',
    foreign.rank > 0
      ? 'Cross-account pass role is not allowed.'
      : `User: ${callerArn(region)} is not authorized to perform: ${action} on resource: ${foreign.arn} because no resource-based policy allows the ${action} action`,
  )
}

/** All ARNs in a value but for those in users' texts, added to `found`. */
function arnsIn(value: unknown, found: string[] = []): string[] {
  if (typeof value === 'string') {
    if (value.startsWith('arn:')) found.push(value)
  } else if (Array.isArray(value)) {
    for (const element of value) arnsIn(element, found)
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) if (!texts.has(name)) arnsIn(member, found)
  }
  return found
}
