// How the models of a service type the members of its structures, and how a dialect of forms and XML spells them.

/** Structures by name, each member with its type: `string`, `list Tag`, `map number`; a required one ends with `!`. */
export type Shapes = Readonly<Record<string, Readonly<Record<string, string>>>>

/** The type of a structure's member; `string` for a member that the structure does not have. */
export function typeOf(shapes: Shapes, structure: string, member: string): string {
  const types = shapes[structure] ?? {}
  return Object.hasOwn(types, member) ? types[member]!.replace('!', '') : 'string'
}

/** Not hexadecimal, for one, which JavaScript would read as well. */
const decimal = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i

/**
 * A text of a form, a path or an XML document as a value of its type. One that is not of its type stays a text, so that
 * the check of the input can refuse it.
 */
export function typedText(text: string, type: string): unknown {
  if (type === 'number' && decimal.test(text.trim())) return Number(text)
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  if (type === 'timestamp' && !Number.isNaN(Date.parse(text))) return Date.parse(text) / 1000
  return text
}

/** How a dialect spells what the models name. */
export interface Naming {
  /** What stands between a list and the numbers of its elements, `member` in `X.member.1`; absent where it is `X.1`. */
  readonly inList?: string
  /** The member of a structure that a name of the form means; the name itself where it means none. */
  memberOf(structure: string, name: string): string
  /** The XML element that a member of a structure is written as. */
  elementOf(structure: string, member: string): string
  /** The XML element around each element of a list that is a member of a structure. */
  itemOf(structure: string, member: string): string
}

/** AWS Query: everything is called what it is called in the models. */
export const queryNaming: Naming = {
  inList: 'member',
  memberOf: (_, name) => name,
  elementOf: (_, member) => member,
  itemOf: () => 'member',
}

/** `runTask` → `RunTask`: how AWS spells what the local AWS calls its operations. */
export const upperCamel = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)
