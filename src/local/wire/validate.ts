// The check of an operation's input against its shape in the SDK's model.
import { distance } from 'fastest-levenshtein'
import { AwsFault } from '../world/fault.ts'
import type { Wire } from '../world/operation.ts'
import { inputs, shapes } from './shapes.ts'

interface Problem {
  readonly kind: 'type' | 'unknown' | 'missing'
  readonly text: string
}

type Types = Readonly<Record<string, Readonly<Record<string, string>>>>

/** A message names so many problems at most; one wrong list can hold a million. */
const mostNamed = 20

/**
 * The input of an operation, held against the shape that the SDK's model gives it; a null member is as good as absent
 * and is left out. Every problem is in the one AwsFault thrown. AWS itself lets an unknown member pass in silence; it is
 * refused here, because it is a typing error in every case we have seen.
 */
export function validate(service: string, operation: string, input: Wire): Wire {
  const problems: Problem[] = []
  const read = structure(input, inputs[service]?.[operation] ?? '', '', shapes[service] ?? {}, problems)
  if (problems.length > 0) throw refusal(service, problems)
  return read
}

function structure(input: Wire, name: string, path: string, types: Types, problems: Problem[]): Wire {
  const members = types[name] ?? {}
  const where = path === '' ? 'the input' : path
  const present = Object.entries(input).filter(([, value]) => value !== null && value !== undefined)
  for (const [member, type] of Object.entries(members)) {
    if (type.endsWith('!') && !present.some(([key]) => key === member)) {
      problems.push({ kind: 'missing', text: `Missing required member '${member}' in ${where}.` })
    }
  }
  return Object.fromEntries(
    present.map(([member, value]) => {
      const type = Object.hasOwn(members, member) ? members[member]!.replace('!', '') : undefined
      if (type !== undefined) return [member, checked(value, type, joined(path, member), types, problems)]
      problems.push({ kind: 'unknown', text: `Unknown member '${member}' in ${where}${proposal(member, members)}` })
      return [member, value]
    }),
  )
}

const joined = (path: string, member: string): string => (path === '' ? member : `${path}.${member}`)

function proposal(member: string, members: Wire): string {
  const near = nearest(member, Object.keys(members))
  return near === undefined ? '.' : `; did you mean '${near}'?`
}

function checked(value: unknown, type: string, path: string, types: Types, problems: Problem[]): unknown {
  const wanted = wantedKind(type)
  const is = kindOf(value)
  if (wanted !== undefined && is !== wanted) {
    problems.push({ kind: 'type', text: `${path}: ${is.toUpperCase()}_VALUE can not be converted to a ${wanted}.` })
    return value
  }
  if (Array.isArray(value) && wanted === 'list') {
    return value.map((one, index) => checked(one, type.slice('list '.length), `${path}[${index}]`, types, problems))
  }
  if (!isStructure(value) || wanted === undefined) return value
  return type.startsWith('map ')
    ? map(value, type.slice('map '.length), path, types, problems)
    : structure(value, type, path, types, problems)
}

function map(value: Wire, type: string, path: string, types: Types, problems: Problem[]): Wire {
  const present = Object.entries(value).filter(([, one]) => one !== null)
  return Object.fromEntries(present.map(([key, one]) => [key, checked(one, type, joined(path, key), types, problems)]))
}

const isStructure = (value: unknown): value is Wire => kindOf(value) === 'structure'

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'list'
  return typeof value === 'object' ? 'structure' : typeof value
}

/** What a value of a type is in JSON; undefined when it may be anything. */
function wantedKind(type: string): string | undefined {
  if (type.startsWith('list ')) return 'list'
  if (type === 'string' || type === 'number' || type === 'boolean') return type
  if (type === 'timestamp') return 'number'
  if (type === 'blob') return 'string'
  return type === 'document' ? undefined : 'structure'
}

/** AWS reads the types first, then looks for what should not be there, then for what is not there. */
function refusal(service: string, problems: readonly Problem[]): AwsFault {
  const has = (kind: Problem['kind']): boolean => problems.some((problem) => problem.kind === kind)
  const more = problems.length > mostNamed ? ` And ${problems.length - mostNamed} more.` : ''
  const named = problems.slice(0, mostNamed).map(({ text }) => text)
  const message = named.join(' ') + more
  if (has('type')) return new AwsFault('SerializationException', message)
  if (service === 'route53' || service === 'servicediscovery') return new AwsFault('InvalidInput', message)
  if (service === 'ec2') return new AwsFault(has('unknown') ? 'UnknownParameter' : 'MissingParameter', message)
  if (service !== 'ecs') return new AwsFault('ValidationException', message)
  return new AwsFault(has('unknown') ? 'ClientException' : 'InvalidParameterException', message)
}

/**
 * The candidate that a mistyped name most likely stands for: the same but for case, `_` and `-`, or at most two typing
 * errors away (one for names under five letters). The house proposes by the same rule.
 */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  const same = candidates.find((candidate) => bare(candidate) === bare(name))
  if (same !== undefined) return same
  const most = name.length < 5 ? 1 : 2
  const [best] = candidates
    .map((candidate) => ({ candidate, errors: typingErrors(name, candidate) }))
    .filter(({ errors }) => errors <= most)
    .toSorted((one, other) => one.errors - other.errors)
  return best?.candidate
}

const bare = (name: string): string => name.toLowerCase().replace(/[_-]/g, '')

/** Letters to add, to drop and to change; two that are swapped are one error. */
function typingErrors(name: string, candidate: string): number {
  // Names that differ by more than two letters in length are not worth counting.
  if (Math.abs(name.length - candidate.length) > 2) return Infinity
  const errors = distance(name, candidate)
  return errors === 2 && letters(name) === letters(candidate) ? 1 : errors
}

const letters = (name: string): string => Array.from(name).toSorted().join('')
