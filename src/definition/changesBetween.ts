// What differs between two values, member by member.
import { isPlain } from '../ground/shown.ts'
import { isDefault } from './defaultMembers.ts'
import { identityOf } from './identity.ts'
import { canonical } from './normalTaskDefinition.ts'
import { redactor } from './secrets/redact.ts'

/** A member that differs: what has no `before` is new, and what has no `after` is gone. */
export interface Change {
  /** AWS's names of the members that lead to it; an element of a list by what identifies it: `containerDefinitions/web/image`. */
  readonly path: string
  readonly before?: unknown
  readonly after?: unknown
  /** Whether a secret is hidden in the values, so that they may look the same. */
  readonly isSecret?: true
}

/** What changes from one value to another. Secrets are hidden. */
export function changesBetween(before: object, after: object): Change[] {
  const redact = redactor([before, after])
  return between(seen(before, redact(before)), seen(after, redact(after)), { path: '', name: '' })
}

/** A value and how it may be shown. */
interface Seen {
  readonly value: unknown
  readonly shown: unknown
}

/** Where a value stands, and the name of the member that it or its list is. */
interface Place {
  readonly path: string
  readonly name: string
}

/** Maps whose members are told one by one also where there was none before. */
const maps = new Set(['options', 'dockerLabels', 'driverOpts', 'labels'])

/** What an element says beside its name where that is all that it says. */
const values = new Set(['value', 'valueFrom', 'Value'])

const nothing: Seen = { value: undefined, shown: undefined }

function seen(value: unknown, shown: unknown): Seen {
  return { value, shown }
}

function between(before: Seen, after: Seen, place: Place): Change[] {
  if (canonical(before.value) === canonical(after.value)) return []
  const [from, to] = [partsOf(before, after, place.name), partsOf(after, before, place.name)]
  if (!from || !to) return [changeAt(before, after, place)]
  const names = [...new Set([...from.keys(), ...to.keys()])]
  const isList = Array.isArray(before.value ?? after.value)
  const found = names.flatMap((name) =>
    between(from.get(name) ?? nothing, to.get(name) ?? nothing, {
      path: place.path ? `${place.path}/${name}` : name,
      name: isList ? elementOf(place.name) : name,
    }),
  )
  // Only the order of a list differs that has one.
  return found.length > 0 ? found : [changeAt(before, after, place)]
}

const elementOf = (name: string): string => `${name}[]`

/** The members of an object, the elements of a list whose elements have names; undefined for what is told as a whole. */
function partsOf(one: Seen, other: Seen, name: string): Map<string, Seen> | undefined {
  const { value, shown } = one
  if (value === undefined) return hasOwnParts(other.value, name) ? new Map() : undefined
  if (Array.isArray(value)) {
    if (other.value !== undefined && !isIdentified(other.value, name)) return undefined
    if (!isIdentified(value, name)) return undefined
    return new Map(value.map((element, at) => [identityOf(name, element)!, seen(element, (shown as unknown[])[at])]))
  }
  if (!isPlain(value) || Array.isArray(other.value)) return undefined
  if (other.value !== undefined) return isPlain(other.value) ? membersOf(one) : undefined
  if (maps.has(name)) return membersOf(one)
  // The other member of a pair is its name, which the path has.
  return isPair(value, name) ? new Map([...membersOf(one)].filter(([member]) => values.has(member))) : undefined
}

function membersOf({ value, shown }: Seen): Map<string, Seen> {
  const copies = shown as Readonly<Record<string, unknown>>
  return new Map(Object.entries(value as object).map(([key, part]) => [key, seen(part, copies[key])]))
}

/** Whether what is new or gone is told in parts. */
function hasOwnParts(value: unknown, name: string): boolean {
  if (Array.isArray(value)) return isIdentified(value, name)
  return isPlain(value) && (maps.has(name) || isPair(value, name))
}

/** Whether an element has a name and a value, such as a variable: its value is told and its name is in the path. */
function isPair(value: Readonly<Record<string, unknown>>, name: string): boolean {
  const members = Object.keys(value)
  return name.endsWith(elementOf('')) && members.length === 2 && members.some((member) => values.has(member))
}

/** Whether each element of a list has a name of its own. */
function isIdentified(value: unknown, name: string): value is unknown[] {
  if (!Array.isArray(value)) return false
  const names = value.map((element) => identityOf(name, element))
  return names.every((one) => one !== undefined) && new Set(names).size === names.length
}

function changeAt(before: Seen, after: Seen, { path }: Place): Change {
  const isHidden = [before, after].some(({ value, shown }) => canonical(value) !== canonical(shown))
  const isOne = before.value === undefined || after.value === undefined
  const shownOf = ({ value, shown: all }: Seen): unknown => (isOne ? withoutDefaults(value, all) : all)
  return {
    path,
    ...(before.value !== undefined && { before: shownOf(before) }),
    ...(after.value !== undefined && { after: shownOf(after) }),
    ...(isHidden && { isSecret: true as const }),
  }
}

/** What is new or gone as a whole, without what ECS takes for left out anyway. */
function withoutDefaults(value: unknown, shown: unknown): unknown {
  if (Array.isArray(value)) return value.map((element, at) => withoutDefaults(element, (shown as unknown[])[at]))
  if (!isPlain(value)) return shown
  const copies = shown as Readonly<Record<string, unknown>>
  const told = Object.entries(value).filter(([name]) => !isDefault(value, name))
  return Object.fromEntries(told.map(([name, member]) => [name, withoutDefaults(member, copies[name])]))
}
