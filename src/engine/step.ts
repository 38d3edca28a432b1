import type { Calls, Input, Method } from '../aws/aws.ts'

/**
 * A value that is known only once another step has been performed, as the ARN of a revision that is yet to be
 * registered. It is an object of its own kind, so that no string of a user's can be mistaken for one.
 */
export class Reference {
  readonly step: string
  readonly what: string

  /** The value that the step with the id `step` yields; `what` is what a person calls it. */
  constructor(step: string, what: string) {
    this.step = step
    this.what = what
  }

  toJSON(): { $from: string; what: string } {
    return { $from: this.step, what: this.what }
  }

  toString(): string {
    return `<${this.what}>`
  }
}

/** The input of a call in which any string may still be a Reference. */
export type Planned<T> = T extends string
  ? T | Reference
  : T extends readonly (infer U)[]
    ? readonly Planned<U>[]
    : T extends object
      ? { readonly [K in keyof T]: Planned<T[K]> }
      : T

export type PlannedInput<M extends Method> = M extends Method ? Planned<Input<M>> : never

/** One AWS call as data, what it yields to later steps, and the way back. */
export interface Step<M extends Method = Method> {
  /** Unique in its plan: the method and the thing, `updateService my_cluster/web`. */
  readonly id: string
  /** What a person reads: `Update service web in my_cluster`. */
  readonly title: string
  readonly call: { readonly method: M; readonly input: PlannedInput<M> }
  /** What performing it must come to before the run goes on; absent: the answer is enough. */
  readonly follow?: 'deployment' | 'tasks' | 'count' | 'settled' | 'capacity' | 'drain'
  /** The steps that put back what this one changed, in order. */
  readonly undo?: readonly Step[]
  /** What it changes, a line each, as `diff` shows it: `port: 80 → 443`. */
  readonly changes?: readonly string[] | undefined
  /** How it is performed, where that is not as every step of its method is. */
  readonly kind?: 'restoreService' | 'scaleService' | 'restoreDesiredCapacity' | undefined
  /** What a person does in its place, where its call alone would do harm. */
  readonly mend?: string
  /** What its kind needs to know beside the input; plain data. */
  readonly facts?: Readonly<Record<string, unknown>>
}

/** The input with every Reference replaced by the value that its step yielded. */
export function resolve<M extends Method>(input: PlannedInput<M>, values: ReadonlyMap<string, string>): Calls[M][0] {
  const replaced = (value: unknown): unknown => {
    if (value instanceof Reference) {
      const known = values.get(value.step)
      if (known === undefined) throw new Error(`nothing was yielded by ${value.step}`)
      return known
    }
    if (Array.isArray(value)) return value.map(replaced)
    if (value === null || typeof value !== 'object' || value instanceof Date || value instanceof Uint8Array)
      return value
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, replaced(member)]))
  }
  return replaced(input) as Calls[M][0]
}

/** The References anywhere in an input. */
export function referencesIn(input: unknown): Reference[] {
  if (input instanceof Reference) return [input]
  return typeof input === 'object' && input !== null ? Object.values(input).flatMap(referencesIn) : []
}
