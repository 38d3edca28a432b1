// What differs between two values, a line each.
import { compact } from '../ground/compact.ts'
import { isPlain } from '../ground/shown.ts'
import { canonical } from './normalTaskDefinition.ts'
import { redactor } from './secrets/redact.ts'

/** What changes from one value to another, a line each with its path: `web/memory: 512 → 1024`. Secrets are hidden. */
export function changesBetween(before: object, after: object): string[] {
  const redact = redactor([before, after])
  return between(seen(before, redact(before)), seen(after, redact(after)), '')
}

/** A value and how it may be shown. */
interface Seen {
  readonly value: unknown
  readonly shown: unknown
}

function seen(value: unknown, shown: unknown): Seen {
  return { value, shown }
}

function between(before: Seen, after: Seen, path: string): string[] {
  if (canonical(before.value) === canonical(after.value)) return []
  const [from, to] = [partsOf(before), partsOf(after)]
  if (!from || !to || Array.isArray(before.value) !== Array.isArray(after.value)) {
    return [`${path}: ${shownAs(before)} → ${shownAs(after)}`]
  }
  const names = [...new Set([...from.keys(), ...to.keys()])]
  const nothing = seen(undefined, undefined)
  const found = names.flatMap((name) =>
    between(from.get(name) ?? nothing, to.get(name) ?? nothing, path ? `${path}/${name}` : name),
  )
  return found.length > 0 ? found : [`${path}: in another order`]
}

/** The members of an object, the elements of a list: by their names where each has its own, else by number. */
function partsOf({ value, shown }: Seen): Map<string, Seen> | undefined {
  if (!Array.isArray(value) && !isPlain(value)) return undefined
  const names = Array.isArray(value) ? value.map(nameOf) : []
  const isNamed = names.length > 0 && names.every((name) => name !== undefined) && new Set(names).size === names.length
  const parts = Object.entries(value).map(([key, part]): [string, Seen] => [
    isNamed ? String(names[Number(key)]) : key,
    seen(part, (shown as Record<string, unknown>)[key]),
  ])
  return new Map(parts)
}

function nameOf(element: unknown): string | undefined {
  const { name, key, Id } = isPlain(element) ? element : {}
  return [name, key, Id].find((one) => typeof one === 'string')
}

function shownAs({ value, shown }: Seen): string {
  // In a line of its own there is nothing to keep together.
  return value === undefined ? 'nothing' : compact(shown).replaceAll('\u00a0', ' ')
}
