// What an operation of AWS is here: a function of its input and a context.
import type { Output, Unchecked, Wire } from './wire.ts'
import type { Global, Region } from './world.ts'

export type { Output, Unchecked, Wire } from './wire.ts'

/** What an operation is given beside its input. */
export interface Context {
  /** The part of the world that belongs to the region of the request. An operation reads and changes it in place. */
  readonly region: Region
  /** The part that belongs to no region. */
  readonly global: Global
  /** Epoch milliseconds of the local AWS's own clock. */
  readonly now: number
  /** The next id of this world: `digits(19)`, `hex(32)`, `text(21)`; the same world gives the same ids in the same order. */
  readonly ids: Ids
  /** With which the request was signed; absent where nobody has sent it. */
  readonly accessKeyId?: string | undefined
  /** The policy that whoever calls has, as JSON; absent where everything is allowed. */
  readonly policy?: string | undefined
}

export interface Ids {
  digits(length: number): string
  hex(length: number): string
  /** URL-safe characters, as in a service deployment's id. */
  text(length: number): string
  /** A UUID version 4, as for events and messages. */
  uuid(): string
}

/**
 * One AWS operation: input in, output out, a refusal thrown as an AwsFault. The input's shape has been checked. Written as
 * a method, so that a table can hold operations of every input.
 */
export type Operation<Input, Answer> = {
  perform(input: Wire<Input>, context: Context): Wire<Answer>
}['perform']

/** The answer of an operation that answers nothing. */
export type Nothing = Record<string, never>

/** Any of the operations, for what calls them by name: the check of the input against the model stands for its type. */
export type AnyOperation = { perform(input: Unchecked, context: Context): Output }['perform']
