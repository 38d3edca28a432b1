// The check of an operation's input against its shape in the SDK's model.
import { distance } from 'fastest-levenshtein'
import { AwsFault } from '../world/fault.ts'
import type { Unchecked, Wire } from '../world/operation.ts'
import { notOfKind, numberBounds, numberKinds } from './numbers.ts'
import { type Type, shapeOf } from './shape.ts'
import { inputs } from './shapes.ts'
import { violation } from './violation.ts'

interface Problem {
  readonly kind: 'type' | 'unknown' | 'missing' | 'bound'
  readonly text: string
}

/** Who is asked for what, and what has been found wrong so far. */
interface Check {
  readonly service: string
  readonly problems: Problem[]
}

/** A message names so many problems at most; one wrong list can hold thousands. */
const mostNamed = 20

/** PutLogEvents takes so many events, and nothing takes more of anything: work may grow with the square of a list. */
const mostElements = 10_000

/**
 * The input of an operation, held against the shape that the SDK's model gives it; a null member is as good as absent
 * and is left out. Every problem is in the one AwsFault thrown. AWS itself lets an unknown member pass in silence; it is
 * refused here, because it is a typing error in every case we have seen.
 */
export function validate<Input>(service: string, operation: string, input: Unchecked): Wire<Input> {
  const { read, problems } = checkedInput(service, operation, input)
  if (problems.length > 0) throw refusal(service, problems)
  // It has the shape of the model that the SDK's type is made of, too: here an input is checked, and nowhere else.
  return read as Wire<Input>
}

/**
 * The same for an input whose members somebody has checked who may know more of them than the SDK's model here: what is
 * unknown or missing passes, what cannot be understood does not.
 */
export function validateKnown(service: string, operation: string, input: Unchecked): Unchecked {
  const { read, problems } = checkedInput(service, operation, input)
  const wrong = problems.filter(({ kind }) => kind === 'type' || kind === 'bound')
  if (wrong.length > 0) throw refusal(service, wrong)
  return read
}

function checkedInput(service: string, operation: string, input: Unchecked): { read: Unchecked; problems: Problem[] } {
  const problems: Problem[] = []
  const check = { service, problems }
  return { read: structure(input, inputs[service]?.[operation] ?? '', '', check), problems }
}

function structure(input: Unchecked, name: string, path: string, check: Check): Unchecked {
  const { service, problems } = check
  const { members, required } = shapeOf(service, name)
  for (const member of required) {
    if (!Object.hasOwn(input, member) || isAbsent(input[member])) {
      problems.push({ kind: 'missing', text: `Missing required member '${member}' in ${placeOf(path)}.` })
    }
  }
  const read: Unchecked = {}
  for (const member of Object.keys(input)) {
    const value = input[member]
    if (isAbsent(value)) continue
    const type = members.get(member)
    if (type === undefined) {
      const near = proposal(member, [...members.keys()])
      problems.push({ kind: 'unknown', text: `Unknown member '${member}' in ${placeOf(path)}${near}` })
      // Set like a known one, `__proto__` would be the prototype.
      Object.defineProperty(read, member, { value, configurable: true, enumerable: true, writable: true })
      continue
    }
    const where = joined(path, member)
    if (type.isNumber) checkNumber(value, `${name}.${member}`, where, check)
    read[member] = checked(value, type, where, check)
  }
  return read
}

const isAbsent = (value: unknown): boolean => value === null || value === undefined

const placeOf = (path: string): string => (path === '' ? 'the input' : path)

const joined = (path: string, member: string): string => (path === '' ? member : `${path}.${member}`)

function proposal(member: string, members: readonly string[]): string {
  const near = nearest(member, members)
  return near === undefined ? '.' : `; did you mean '${near}'?`
}

function checkNumber(value: unknown, member: string, path: string, { service, problems }: Check): void {
  if (typeof value !== 'number') return
  const wanted = notOfKind(value, numberKinds[service]?.[member])
  if (wanted !== undefined) {
    problems.push({ kind: 'type', text: `${path}: ${value} can not be converted to ${wanted}.` })
    return
  }
  const [least, most] = numberBounds[service]?.[member] ?? [-Infinity, Infinity]
  if (value >= least && value <= most) return
  const bound = value < least ? `greater than or equal to ${least}` : `less than or equal to ${most}`
  problems.push({ kind: 'bound', text: `${violation(path, value, `have value ${bound}`)}.` })
}

function checked(value: unknown, type: Type, path: string, check: Check): unknown {
  const { problems } = check
  const { kind: wanted, of } = type
  if (wanted === undefined) return value
  const is = kindOf(value)
  if (is !== wanted) {
    problems.push({ kind: 'type', text: `${path}: ${is.toUpperCase()}_VALUE can not be converted to a ${wanted}.` })
    return value
  }
  const length = Array.isArray(value) ? value.length : isStructure(value) ? Object.keys(value).length : 0
  if (length > mostElements) {
    const must = `have length less than or equal to ${mostElements}`
    problems.push({ kind: 'bound', text: `${violation(path, `${length} elements`, must)}.` })
    return value
  }
  if (Array.isArray(value) && of) {
    return value.map((one, index) => {
      const where = `${path}[${index}]`
      // Every list of numbers is one of integers.
      if (of.isNumber) checkNumber(one, '', where, check)
      return checked(one, of, where, check)
    })
  }
  if (!isStructure(value)) return value
  return of ? map(value, of, path, check) : structure(value, type.name, path, check)
}

function map(value: Unchecked, of: Type, path: string, check: Check): Unchecked {
  const present = Object.entries(value).filter(([, one]) => one !== null)
  return Object.fromEntries(present.map(([key, one]) => [key, checked(one, of, joined(path, key), check)]))
}

const isStructure = (value: unknown): value is Unchecked => kindOf(value) === 'structure'

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'list'
  return typeof value === 'object' ? 'structure' : typeof value
}

/** AWS reads the types first, then looks for what should not be there, then for what is not there. */
function refusal(service: string, problems: readonly Problem[]): AwsFault {
  const has = (kind: Problem['kind']): boolean => problems.some((problem) => problem.kind === kind)
  const more = problems.length > mostNamed ? ` And ${problems.length - mostNamed} more.` : ''
  const named = problems.slice(0, mostNamed).map(({ text }) => text)
  const message = named.join(' ') + more
  if (has('type')) return new AwsFault('SerializationException', message)
  if (service === 'route53' || service === 'servicediscovery') return new AwsFault('InvalidInput', message)
  if (service === 'ec2') {
    const missingOrWrong = has('missing') ? 'MissingParameter' : 'InvalidParameterValue'
    return new AwsFault(has('unknown') ? 'UnknownParameter' : missingOrWrong, message)
  }
  if (service === 'logs' && !has('unknown') && !has('missing'))
    return new AwsFault('InvalidParameterException', message)
  if (service === 'elbv2' || service === 'autoscaling') return new AwsFault('ValidationError', message)
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
