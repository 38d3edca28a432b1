// The shapes that the SDK's model gives to inputs, each read once from how the generated table writes them.
import { shapes } from './shapes.ts'

/** A type of the model. */
export interface Type {
  /** What a value of it is in JSON; undefined when it may be anything. */
  readonly kind: 'list' | 'structure' | 'string' | 'number' | 'boolean' | undefined
  /** Whether it is a number, whose bounds are known; a time is none. */
  readonly isNumber: boolean
  /** What the elements of a list or of a map are. */
  readonly of: Type | undefined
  /** Of a structure: its name. */
  readonly name: string
}

/** A structure of the model. */
interface Shape {
  readonly members: ReadonlyMap<string, Type>
  readonly required: readonly string[]
}

const read = new Map<string, Shape>()

/** The structure of that name; one that is not known has no members. */
export function shapeOf(service: string, name: string): Shape {
  const key = `${service} ${name}`
  const before = read.get(key)
  if (before) return before
  const members = Object.entries(shapes[service]?.[name] ?? {})
  const shape = {
    members: new Map(members.map(([member, type]) => [member, typeOf(type.replace('!', ''))])),
    required: members.filter(([, type]) => type.endsWith('!')).map(([member]) => member),
  }
  read.set(key, shape)
  return shape
}

function typeOf(type: string): Type {
  const [, collection, of] = /^(list|map) (.*)$/.exec(type) ?? []
  return {
    kind: collection === 'list' ? 'list' : kindOf(type),
    isNumber: type === 'number',
    of: of === undefined ? undefined : typeOf(of),
    name: type,
  }
}

function kindOf(type: string): Type['kind'] {
  if (type === 'string' || type === 'number' || type === 'boolean') return type
  if (type === 'timestamp') return 'number'
  if (type === 'blob') return 'string'
  return type === 'document' ? undefined : 'structure'
}
