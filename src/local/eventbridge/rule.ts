// A rule and the event bus that it is on: how they are found, named and listed.
import { nameOf } from '../world/arn.ts'
import { AwsFault } from '../world/fault.ts'
import { own } from '../world/own.ts'
import { page } from '../wire/page.ts'
import { refuseAs } from '../wire/refuseAs.ts'
import { violation } from '../wire/violation.ts'
import type { Region, RuleRecord } from '../world/world.ts'

/** The rule of that name on that bus (name or ARN, `default` unless given); throws ResourceNotFoundException. */
export function findRule(region: Region, name: string, eventBusName?: string): RuleRecord {
  const found = region.rules[ruleKey(name, eventBusName)]
  if (!found) {
    const bus = busOf(eventBusName)
    throw new AwsFault('ResourceNotFoundException', `Rule ${name} does not exist on EventBus ${bus}.`)
  }
  return found
}

/** The rules of a bus by name; throws ResourceNotFoundException for a bus nobody made. */
export function rulesOf(region: Region, eventBusName?: string): RuleRecord[] {
  checkBus(region, eventBusName)
  const prefix = `${busOf(eventBusName)}/`
  const keys = Object.keys(region.rules).filter((key) => key.startsWith(prefix))
  return keys.toSorted().flatMap((key) => region.rules[key] ?? [])
}

/** There is the default bus, each that somebody created, and every bus that a rule was made on from outside of the API. */
export function checkBus(region: Region, eventBusName?: string): void {
  const bus = busOf(eventBusName)
  if (bus === 'default' || own(region.eventBuses, bus) || hasRules(region, bus)) return
  throw new AwsFault('ResourceNotFoundException', `Event bus ${bus} does not exist.`)
}

/** Whether there are rules on a bus. */
export const hasRules = (region: Region, bus: string): boolean =>
  Object.keys(region.rules).some((key) => key.startsWith(`${bus}/`))

/** One page of an EventBridge list: at most 100, the code of a refusal as EventBridge has it. */
export function pageOf<Item>(
  items: readonly Item[],
  input: { readonly Limit?: number | undefined; readonly NextToken?: string | undefined },
): { items: Item[]; nextToken?: string } {
  const asked = { maxResults: input.Limit, nextToken: input.NextToken }
  return refuseAs('ValidationException', () => page(items, asked, { default: 100, max: 100 }))
}

export const busOf = (eventBusName = 'default'): string => nameOf(eventBusName)

export const ruleKey = (name: string, eventBusName?: string): string => `${busOf(eventBusName)}/${name}`

/** EventBridge's answer to text that does not fit the pattern of its member. */
export function checkName(member: string, value: string): void {
  if (/^[.\-_A-Za-z0-9]{1,64}$/.test(value)) return
  const must =
    value.length > 64
      ? 'have length less than or equal to 64'
      : 'satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+'
  throw new AwsFault('ValidationException', violation(member, value, must))
}
