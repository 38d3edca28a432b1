// What an import found, in the terms of a class.
import type { Tree } from './tree.ts'

export interface Imported {
  /** The name of what is imported, after which the class and the file are called. */
  readonly name: string
  /** Where it comes from and what to know of it: the comment at the top of the file, a line each. */
  readonly about: readonly string[]
  /** The members of the class, in their order; those without a value are left out. */
  readonly members: Readonly<Partial<Record<MemberName, Tree>>>
  /** The image tag that runs. */
  readonly tag?: string | undefined
  /** The environment variables that stand for secrets, with their values. */
  readonly variables: ReadonlyMap<string, string>
  /** What a person should know before using the file, a sentence each. */
  readonly warnings: readonly string[]
}

/** The members that an import can fill. */
export type MemberName = 'taskDefinition' | 'updateServices' | 'eventTargets' | 'schedules' | 'activeTaskCount'
