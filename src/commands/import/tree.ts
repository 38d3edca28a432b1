// What is written into a file: plain data, in which some values are read from the environment and some have comments.

/** A part of a text that is read from the environment when the file is loaded. */
export interface EnvironmentPart {
  /** The variables to look in; the first that has a value counts. */
  readonly names: readonly string[]
  /** What stands in where none has; without it the file is refused. */
  readonly otherwise?: string | undefined
}

/** A text of which some parts are read from the environment, or the number or the boolean that it says. */
export class FromEnvironment {
  readonly parts: readonly (string | EnvironmentPart)[]
  readonly type: 'string' | 'number' | 'boolean'

  constructor(parts: readonly (string | EnvironmentPart)[], type: FromEnvironment['type'] = 'string') {
    this.parts = parts
    this.type = type
  }
}

/** A text, of which parts may be read from the environment. */
export type Text = string | FromEnvironment

/** A value with comments above it; without a value the comments alone stand there, whatever the member is called. */
export class Noted {
  readonly value: Tree | undefined
  readonly lines: readonly string[]

  constructor(value: Tree | undefined, lines: readonly string[]) {
    this.value = value
    this.lines = lines
  }
}

export type Tree =
  | string
  | number
  | boolean
  | null
  | FromEnvironment
  | Noted
  | readonly Tree[]
  | { readonly [member: string]: Tree | undefined }

/** Whether a value is an object of members. */
export function isMembers(value: unknown): value is Record<string, Tree | undefined> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Noted) &&
    !(value instanceof FromEnvironment)
  )
}

/** Sets a member as its own, whatever it is called. */
export function setMember(members: Record<string, Tree | undefined>, name: string, value: Tree | undefined): void {
  Object.defineProperty(members, name, { value, configurable: true, enumerable: true, writable: true })
}

/** A copy of an object with other values of the same members. */
export function withMembers(
  members: Readonly<Record<string, unknown>>,
  valueOf: (name: string, value: unknown) => Tree | undefined,
): Record<string, Tree | undefined> {
  const copy: Record<string, Tree | undefined> = {}
  for (const [name, value] of Object.entries(members)) setMember(copy, name, valueOf(name, value))
  return copy
}

/** Plain data as it is to be written; what is undefined is left out. */
export function treeOf(value: unknown): Tree {
  if (Array.isArray(value)) return value.map(treeOf)
  if (typeof value === 'object' && value !== null && !(value instanceof Noted || value instanceof FromEnvironment)) {
    const there = Object.entries(value).filter(([, member]) => member !== undefined)
    return withMembers(Object.fromEntries(there), (_name, member) => treeOf(member))
  }
  return value as Tree
}

/** Comments alone, as further members of an object, a member each. */
export function comments(lines: readonly string[]): Record<string, Tree> {
  return Object.fromEntries(lines.map((line, index) => [`// ${index} ${line}`, new Noted(undefined, [line])]))
}

/** The data with each value in place of its comments, and null where comments stand alone. */
export function withoutComments(tree: Tree): unknown {
  if (tree instanceof Noted) return tree.value === undefined ? null : withoutComments(tree.value)
  if (Array.isArray(tree)) return tree.map((one: Tree) => withoutComments(one))
  return isMembers(tree) ? withMembers(tree, (_name, value) => withoutComments(value as Tree) as Tree) : tree
}

/** The data without its comments; `read` says what stands for what is read from the environment. */
export function plain(tree: Tree, read: (value: FromEnvironment) => unknown): unknown {
  if (tree instanceof FromEnvironment) return read(tree)
  if (tree instanceof Noted) return tree.value === undefined ? undefined : plain(tree.value, read)
  if (Array.isArray(tree)) return tree.map((one: Tree) => plain(one, read)).filter((one) => one !== undefined)
  if (!isMembers(tree)) return tree
  const copy = withMembers(tree, (_name, value) => plain(value as Tree, read) as Tree)
  return Object.fromEntries(Object.entries(copy).filter(([, value]) => value !== undefined))
}

/** All comments in it, in their order. */
export function commentsIn(tree: Tree): string[] {
  if (tree instanceof Noted) return [...tree.lines, ...(tree.value === undefined ? [] : commentsIn(tree.value))]
  if (Array.isArray(tree)) return tree.flatMap((one: Tree) => commentsIn(one))
  return isMembers(tree) ? Object.values(tree).flatMap((one) => (one === undefined ? [] : commentsIn(one))) : []
}
