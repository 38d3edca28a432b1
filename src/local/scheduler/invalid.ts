// What EventBridge Scheduler refuses an input with, and the constraints of its model.
import { AwsFault } from '../world/fault.ts'
import { page } from '../wire/page.ts'
import { refuseAs } from '../wire/refuseAs.ts'
import { violation } from '../wire/violation.ts'

export const invalid = (message: string): AwsFault => new AwsFault('ValidationException', message)

/** Refuses a name that no schedule and no group can have. */
export function checkName(member: string, name: string): void {
  if (/^[0-9a-zA-Z-_.]{1,64}$/.test(name)) return
  throw invalid(violation(member, name, 'satisfy regular expression pattern: ^[0-9a-zA-Z-_.]+$'))
}

/** Refuses a value that is not in the list for that member; an absent one passes. */
export function checkOneOf(member: string, value: string | undefined, allowed: readonly string[]): void {
  if (value === undefined || allowed.includes(value)) return
  throw invalid(violation(member, value, `satisfy enum value set: [${allowed.join(', ')}]`))
}

/** One page of a list, at most 100. */
export function pageOf<Item>(
  items: readonly Item[],
  { MaxResults, NextToken }: { MaxResults?: number | undefined; NextToken?: string | undefined },
): { items: Item[]; nextToken?: string } {
  const asked = { maxResults: MaxResults, nextToken: NextToken }
  return refuseAs('ValidationException', () => page(items, asked, { default: 100, max: 100 }))
}
