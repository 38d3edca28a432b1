/** Whether an answer is one that AWS can have given: what is there has the type that AWS's model says, and what we build on is there. */
import { shown } from '../ground/shown.ts'
import { reliedOn } from './reliedOn.ts'

/** A type in the SDK's own grammar: a number for a simple one, else an array that begins with its kind. */
type Schema = number | (() => Schema) | readonly [unknown, ...unknown[]]

/** What the SDK exports of each operation: `DescribeServices$`, whose last part is the structure of the answer. */
export type OperationSchema = readonly [9, string, string, unknown, Schema, Schema]

/** An answer in which something is missing or of another type. Whether AWS has acted, nobody can say. */
export class OddAnswer extends Error {
  override readonly name = 'OddAnswer'
  readonly operation: string

  constructor(operation: string, why: string, more: { cause?: unknown } = {}) {
    super(why, more)
    this.operation = operation
  }
}

/** Said of what the SDK cannot read, in place of what its parser says: most often it is a page of a proxy's. */
export const notOfAws = 'It answered with a web page or other text, not with the JSON or XML of AWS.'

/** Why the SDK could not read an answer. */
export function whyUnread({ name, message = '' }: Partial<Error>): string {
  const [first = ''] = message.split('\n')
  return name === 'SyntaxError' || /parse error|Unexpected token|not valid JSON/i.test(first) ? notOfAws : first
}

/** Throws `OddAnswer` for the first thing that is not as it must be. What AWS has learned since is not looked at. */
export function checkAnswer([, , operation, , , output]: OperationSchema, answer: unknown): void {
  const oddity = oddityIn(output, answer, '')
  if (oddity) throw new OddAnswer(operation, `${oddity}.`)
}

/** The kinds of simple types; the rest is text, in one way or another. */
const simple: Readonly<Record<number, Simple>> = {
  1: 'number',
  2: 'boolean',
  4: 'date',
  5: 'date',
  6: 'date',
  7: 'date',
  15: 'anything',
  17: 'anything',
  19: 'anything',
  21: 'anything',
  42: 'anything',
}

/** The first oddity, as a sentence without its end: `services/0/desiredCount is a string, not a number`. */
function oddityIn(schema: Schema, value: unknown, path: string): string | undefined {
  if (typeof schema === 'function') return oddityIn(schema(), value, path)
  if (typeof schema === 'number') {
    if (schema & 128) return inMap(schema & ~128, value, path)
    if (schema & 64) return inList(schema & ~64, value, path)
    return ofType(simple[schema] ?? 'string', value, path)
  }
  // A member with traits.
  if (typeof schema[1] !== 'string') return oddityIn(schema[0] as Schema, value, path)
  const [kind] = schema
  if (kind === 0) return oddityIn(schema[4] as Schema, value, path)
  if (kind === 1) return inList(schema[4] as Schema, value, path)
  if (kind === 2) return inMap(schema[5] as Schema, value, path)
  return inStructure(schema, value, path)
}

function inStructure(schema: readonly unknown[], value: unknown, path: string): string | undefined {
  const [, namespace, name, , members, types] = schema as [unknown, string, string, unknown, string[], Schema[]]
  // The SDK's word for an answer without members has none.
  if (!Array.isArray(members)) return undefined
  if (!isObject(value)) return `${path} is ${shown(value)}, not an object`
  const missing = reliedOn[`${namespace.split('.').at(-1)}.${name}`]?.find((member) => isMissing(value[member]))
  if (missing !== undefined) return `${below(path, missing)} is missing`
  for (const [index, member] of members.entries()) {
    const given = value[member]
    if (given === undefined || given === null) continue
    const oddity = oddityIn(types[index]!, given, below(path, member))
    if (oddity) return oddity
  }
  return undefined
}

/** A list without items is as good as none. */
function isMissing(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0)
}

function inList(of: Schema, value: unknown, path: string): string | undefined {
  if (!Array.isArray(value)) return `${path} is ${shown(value)}, not a list`
  for (const [index, item] of value.entries()) {
    const oddity = oddityIn(of, item, below(path, index))
    if (oddity) return oddity
  }
  return undefined
}

function inMap(of: Schema, value: unknown, path: string): string | undefined {
  if (!isObject(value)) return `${path} is ${shown(value)}, not an object`
  for (const [name, item] of Object.entries(value)) {
    const oddity = oddityIn(of, item, below(path, name))
    if (oddity) return oddity
  }
  return undefined
}

type Simple = 'string' | 'number' | 'boolean' | 'date' | 'anything'

function ofType(type: Simple, value: unknown, path: string): string | undefined {
  return isA[type](value) ? undefined : `${path} is ${shown(value)}, not a ${type}`
}

const isA: Readonly<Record<Simple, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: Number.isFinite,
  boolean: (value) => typeof value === 'boolean',
  date: (value) => value instanceof Date && Number.isFinite(value.getTime()),
  anything: () => true,
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function below(path: string, member: string | number): string {
  return path === '' ? String(member) : `${path}/${member}`
}
