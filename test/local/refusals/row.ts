// What AWS refuses, as data: an input that AWS takes, one change of it, and what AWS answers then.
import { inputs, shapes } from '../../../src/local/wire/shapes.ts'
import type { Unchecked } from '../../../src/local/world/operation.ts'

export interface Row {
  /** `ecs CreateService`. */
  readonly call: string
  /** The good input that the change is made to: its name in bases.ts; the operation's own unless given. */
  readonly base?: string
  /** By path, as in `containerDefinitions.0.memory`: what is put there; undefined takes the member away. */
  readonly change: Readonly<Record<string, unknown>>
  /** AWS's error code. */
  readonly code: string
  readonly message: RegExp | string
  /** Where AWS's words were read: `API reference` where only the constraint is documented, and the words are ours. */
  readonly source: string
}

/** The rows of one operation, shorter to write: change, message, source, and what differs from the rest. */
export const rowsOf =
  (call: string, code: string) =>
  (change: Row['change'], message: Row['message'], source: string, more: Partial<Row> = {}): Row => ({
    call,
    change,
    code,
    message,
    source,
    ...more,
  })

/** The input with the changes made. */
export function changed(base: Unchecked, change: Row['change']): Unchecked {
  const input = structuredClone(base)
  for (const [path, value] of Object.entries(change)) {
    const steps = path.split('.')
    const last = steps.pop()!
    let place: Unchecked = input
    for (const step of steps) place = place[step] ??= {}
    if (value === undefined) delete place[last]
    else place[last] = value
  }
  return input
}

/** The members of shapes that a change touches, as `ContainerDefinition.memory`. */
export function membersOf(service: string, operation: string, change: Row['change']): string[] {
  const root = inputs[service]![operation.charAt(0).toLowerCase() + operation.slice(1)]!
  return Object.entries(change).flatMap(([path, value]) => {
    const members: string[] = []
    let type = root
    for (const step of path.split('.')) {
      const [kind = '', of = ''] = type.split(/ (.*)/)
      if (kind === 'list') type = of
      else if (kind === 'map') type = of
      else {
        members.push(`${type}.${step}`)
        type = (shapes[service]![type]?.[step] ?? '').replace('!', '')
      }
    }
    return [...members, ...inside(service, type, value)]
  })
}

/** The members that a value has which is put somewhere as a whole. */
function inside(service: string, type: string, value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => inside(service, type.replace(/^list /, ''), one))
  if (typeof value !== 'object' || value === null || !shapes[service]![type]) return []
  return Object.entries(value).flatMap(([member, one]) => [
    `${type}.${member}`,
    ...inside(service, (shapes[service]![type]![member] ?? '').replace('!', ''), one),
  ])
}
