// The check of an input against what AWS's models say of its texts and lists beside their types.
import { AwsFault } from '../world/fault.ts'
import type { Unchecked } from '../world/operation.ts'
import { autoscaling } from './constraints/autoscaling.ts'
import type { Constraint, Constraints } from './constraints/constraint.ts'
import { ecs } from './constraints/ecs.ts'
import { elbv2 } from './constraints/elbv2.ts'
import { events } from './constraints/events.ts'
import { lowerCamel } from './dialect.ts'
import { type Type, shapeOf } from './shape.ts'
import { inputs } from './shapes.ts'
import { violation } from './violation.ts'

/** By service. */
export const constraints: Readonly<Record<string, Constraints>> = { autoscaling, ecs, elbv2, events }

const codes: Readonly<Record<string, string>> = {
  autoscaling: 'ValidationError',
  ecs: 'InvalidParameterException',
  elbv2: 'ValidationError',
  events: 'ValidationException',
}

/** Refuses an input whose types have been checked for the first member that breaks a constraint of its model. */
export function checkConstraints(service: string, operation: string, input: Unchecked): void {
  const known = constraints[service]
  if (!known) return
  const found = ofStructure(input, inputs[service]?.[operation] ?? '', '', { service, known })
  if (found !== undefined) throw new AwsFault(codes[service]!, found)
}

interface Check {
  readonly service: string
  readonly known: Constraints
}

/** A member that can break a constraint, or that has members that can. */
interface Constrained {
  readonly type: Type
  readonly constraint: Constraint | undefined
}

const read = new Map<string, ReadonlyMap<string, Constrained>>()

/** Those of a structure; what the table says of it is looked up once. */
function constrainedIn(name: string, { service, known }: Check): ReadonlyMap<string, Constrained> {
  const key = `${service} ${name}`
  const before = read.get(key)
  if (before) return before
  const members = Array.from(shapeOf(service, name).members, ([member, type]) => {
    return [member, { type, constraint: known[`${name}.${member}`] }] as const
  })
  const found = new Map(members.filter(([, { type, constraint }]) => constraint || structureIn(type) !== undefined))
  read.set(key, found)
  return found
}

/** The name of the structure that a type is, or that the elements of a list are. */
function structureIn({ kind, of, name }: Type): string | undefined {
  if (kind === 'list') return of && of.kind !== 'list' ? structureIn(of) : undefined
  // A map is a structure without a name of its own.
  return kind === 'structure' && !of ? name : undefined
}

/** What is wrong with a structure, in AWS's words. */
function ofStructure(value: Unchecked, name: string, path: string, check: Check): string | undefined {
  const members = constrainedIn(name, check)
  for (const member of Object.keys(value)) {
    const constrained = members.get(member)
    if (!constrained) continue
    const { type, constraint } = constrained
    const one: unknown = value[member]
    const at = path === '' ? lowerCamel(member) : `${path}.${lowerCamel(member)}`
    const found = (constraint && ofMember(one, constraint, at, member, check)) ?? inside(one, type, at, check)
    if (found !== undefined) return found
  }
  return undefined
}

function inside(value: unknown, type: Type, path: string, check: Check): string | undefined {
  const structure = structureIn(type)
  if (structure === undefined || typeof value !== 'object' || value === null) return undefined
  if (type.kind !== 'list') return ofStructure(value, structure, path, check)
  for (const [index, one] of Object.values(value).entries()) {
    const found = ofStructure(one, structure, `${path}.${index + 1}.member`, check)
    if (found !== undefined) return found
  }
  return undefined
}

function ofMember(
  value: unknown,
  constraint: Constraint,
  path: string,
  member: string,
  check: Check,
): string | undefined {
  if (!Array.isArray(value))
    return typeof value === 'string' ? ofText(value, constraint, path, member, check) : undefined
  return (
    ofCount(value.length, constraint, path, member, check) ??
    value
      .map((one, index) =>
        typeof one === 'string' ? ofText(one, constraint, `${path}.${index + 1}.member`, member, check) : undefined,
      )
      .find((found) => found !== undefined)
  )
}

function ofCount(
  count: number,
  { items: [least, most] = [0, Infinity] }: Constraint,
  path: string,
  member: string,
  { service }: Check,
): string | undefined {
  if (count >= least && count <= most) return undefined
  if (service === 'ecs') {
    const words = member.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    return count < least ? `${words} can have at least ${least} items.` : `${words} can have at most ${most} items.`
  }
  const bound = count < least ? `greater than or equal to ${least}` : `less than or equal to ${most}`
  return violation(path, `${count} elements`, `have length ${bound}`)
}

function ofText(
  text: string,
  { oneOf, length: [least, most] = [0, Infinity], pattern }: Constraint,
  path: string,
  member: string,
  { service }: Check,
): string | undefined {
  if (oneOf && !oneOf.includes(text)) {
    return service === 'ecs'
      ? `${member} should be one of [${oneOf.join(', ')}]`
      : violation(path, text, `satisfy enum value set: [${oneOf.join(', ')}]`)
  }
  if (text.length < least) return violation(path, text, `have length greater than or equal to ${least}`)
  if (text.length > most) return violation(path, text, `have length less than or equal to ${most}`)
  if (!pattern || pattern.test(text)) return undefined
  return violation(path, text, `satisfy regular expression pattern: ${pattern.source.replace(/^\^|\$$/g, '')}`)
}
