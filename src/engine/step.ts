/** A step: one AWS call as data, what it is about, and how to undo it. */
import type { Calls, Input, Method } from '../aws/aws.ts'
import type { Difference } from './difference.ts'
import type { SubjectOf, Subject } from './subject.ts'

/**
 * A value that is known only after another step, such as the ARN of a revision to be registered. It is an object of its own
 * class, so that no string of a user can be mistaken for one.
 */
export class Reference {
  readonly step: string
  readonly what: string
  readonly member: string | undefined

  /**
   * The value that the step with the id `step` yields, or its `member` if it yields several; `what` is its name for people.
   */
  constructor(step: string, what: string, member?: string) {
    this.step = step
    this.what = what
    this.member = member
  }

  toJSON(): { $from: string; what: string } {
    return { $from: this.member === undefined ? this.step : `${this.step}.${this.member}`, what: this.what }
  }

  toString(): string {
    return `<${this.what}>`
  }
}

/** What a step hands on to later steps: a value, or several by name. Plain text, so that it can be saved. */
export type Yielded = string | Readonly<Record<string, string>>

/** What the steps of a run have yielded, by step id. */
export type Values = ReadonlyMap<string, Yielded>

/** `T` in which any string, at any depth, may still be a Reference. */
export type Planned<T> = T extends string
  ? T | Reference
  : T extends readonly (infer U)[]
    ? readonly Planned<U>[]
    : T extends object
      ? { readonly [K in keyof T]: Planned<T[K]> }
      : T

/** The input of a call in which any string may still be a Reference. */
export type PlannedInput<M extends Method> = M extends Method ? Planned<Input<M>> : never

/** What all steps of one kind have in common; each file of a `steps/` folder declares its own. */
export interface StepKind {
  /** The kind's name: the name of its file. */
  readonly name: string
  /** The AWS call that it makes. */
  readonly method: Method
  /** The type of resource that it is about. */
  readonly subject: Subject['type']
  /** What its handler needs besides the input, as plain data. */
  readonly params?: object
  /** The kinds of the steps that undo it, by name. */
  readonly undo?: string
}

interface StepOf<K extends StepKind> {
  readonly kind: K['name']
  /** Unique in its plan: `updateService my_cluster/web`. For references and events; do not parse it. */
  readonly id: string
  /** The text for people: `Update service web in my_cluster`. */
  readonly title: string
  readonly subject: SubjectOf<K['subject']>
  readonly call: { readonly method: K['method']; readonly input: PlannedInput<K['method']> }
  /** What to wait for before the run continues; absent: only the response. */
  readonly follow?: 'deployment' | 'rollback' | 'tasks' | 'count' | 'settled' | 'capacity' | 'drain'
  /**
   * Ids of steps of the same stage that must end before it starts, if the stage runs its steps side by side. Absent: it
   * starts with the stage.
   */
  readonly needs?: readonly string[]
  /** The classes that it is for, by name, in a plan for several. */
  readonly units?: readonly string[]
  /** The steps that undo it, in order. */
  readonly undo?: UndoSteps<K>
  /** For a step that undoes another: also run it where what was done stays since the run was superseded, as it is harmless. */
  readonly evenSuperseded?: true
  /** For a step that undoes another: the id of one before it on the same way back, without whose success it is about nothing. */
  readonly restsOn?: string
  /** What it has AWS start later on, a line each: shown in a dry run. */
  readonly starts?: readonly string[]
  /** What it changes, a line each, as `diff` shows it: `port: 80 → 443`. */
  readonly changes?: readonly string[]
  /** The same member by member, where it was compared with what is there: in a dry run and a diff. */
  readonly differences?: readonly Difference[]
  /** What a person should do instead, if its call alone would do harm. */
  readonly mend?: string
}

/** Steps of the kinds that undo a kind's. */
export type UndoSteps<K extends StepKind> = readonly Step<StepKind & { readonly name: UndoOf<K> }>[]

type UndoOf<K extends StepKind> = K extends { readonly undo: infer U extends string } ? U : string

/** One AWS call as data, with the parameters of its kind, what it yields to later steps, and how to undo it. */
export type Step<K extends StepKind = StepKind> = StepOf<K> &
  (K extends { readonly params: infer P } ? { readonly params: P } : { readonly params?: object })

/** The input with every Reference replaced by the value that its step yielded. */
export function resolve<M extends Method>(input: PlannedInput<M>, values: Values): Calls[M][0] {
  const replaced = (value: unknown): unknown => {
    if (value instanceof Reference) {
      const known = valueOf(value, values)
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

/** Whether every value that an input refers to has been yielded. */
export function isResolvable(input: unknown, values: Values): boolean {
  return referencesIn(input).every((reference) => valueOf(reference, values) !== undefined)
}

/** What a Reference stands for; undefined where its step has not yielded it. */
function valueOf({ step, member }: Reference, values: Values): string | undefined {
  const yielded = values.get(step)
  return typeof yielded === 'object' ? yielded[member ?? ''] : yielded
}

/** The References anywhere in an input. */
function referencesIn(input: unknown): Reference[] {
  if (input instanceof Reference) return [input]
  return typeof input === 'object' && input !== null ? Object.values(input).flatMap(referencesIn) : []
}
