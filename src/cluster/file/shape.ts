// What may stand at a key of a stack file, as data.
import type { ContainerDefinition } from '@aws-sdk/client-ecs'

/** What may stand at a key of a stack file. The checker, the schema for editors and the writer all go by these. */
export type Shape =
  | TextShape
  | WholeShape
  | { readonly is: 'flag' }
  | { readonly is: 'list'; readonly of: Shape }
  /** A command: a list of words, or one text that is split into words as a shell does. */
  | { readonly is: 'words' }
  /** A health check's command: a list that begins with CMD or CMD-SHELL, or one text for the shell. */
  | { readonly is: 'probe' }
  | NamedShape
  | KeysShape

/** Any text; numbers, `true` and the like count as the text that they are written with. */
export interface TextShape {
  readonly is: 'text'
  readonly form: Form | undefined
  readonly oneOf: readonly string[] | undefined
}

/** A whole number in a range, both ends included; `of` is its unit. */
export interface WholeShape {
  readonly is: 'whole'
  readonly least: number
  readonly most: number | undefined
  readonly of: string | undefined
}

/** Values by a name that the user chooses: a map, or a list of maps with one key each. */
export interface NamedShape {
  readonly is: 'named'
  readonly of: Shape
  readonly name: Form
}

/** A map with keys of ours. `called` is what it is in a sentence: `a service`. */
export interface KeysShape {
  readonly is: 'keys'
  readonly called: string
  readonly keys: Keys
}

export type Keys = Readonly<Record<string, Key>>

/** The members of ECS's container definition that are numbers. */
type NumberMember = {
  [M in keyof ContainerDefinition]-?: number extends ContainerDefinition[M] ? M : never
}[keyof ContainerDefinition]

export interface Key {
  readonly shape: Shape
  /** What it says, for whoever writes the file. */
  readonly says: string
  /** The number of ECS's container definition that it is, unchanged: `memoryReservation`. */
  readonly member?: NumberMember
  readonly default?: string | number | boolean
  /** Whether the map that it belongs to is nothing without it. */
  readonly isNeeded?: boolean
  /** Whether a later file, or a service's own, takes the place of all of it, where other maps merge. */
  readonly overwrites?: boolean
}

/** How a text has to look. `must` ends the sentence `must be …`. */
export interface Form {
  readonly pattern: RegExp
  readonly must: string
}

export const flag = { is: 'flag' } as const
export const words = { is: 'words' } as const
export const probe = { is: 'probe' } as const

export function text(form?: Form): TextShape {
  return { is: 'text', form, oneOf: undefined }
}

export function oneOf(...values: string[]): TextShape {
  return { is: 'text', form: undefined, oneOf: values }
}

export function whole(least: number, most?: number, of?: string): WholeShape {
  return { is: 'whole', least, most, of }
}

export function listOf(of: Shape): Shape {
  return { is: 'list', of }
}

export function named(of: Shape, name: Form): NamedShape {
  return { is: 'named', of, name }
}

export function keysOf(whose: string, keys: Keys): KeysShape {
  return { is: 'keys', called: whose, keys }
}
