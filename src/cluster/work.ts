import type { Step } from '../engine/step.ts'

/** When the steps of a service have their turn, in this order, those of all services together. */
export type Turn =
  /** What needs nothing: load balancers, namespaces. */
  | 'grounds'
  /** What stands in that: target groups, discovery services. */
  | 'groups'
  | 'listeners'
  /** What a listener has beside its default certificate, once it is there. */
  | 'certificates'
  | 'revisions'
  /** One-off tasks, and services, each after what it depends on. */
  | 'replaced'
  | 'tasks'
  | 'services'
  /** Until load balancers are active. */
  | 'waits'
  | 'records'
  | 'formerRecords'
  | 'marks'
  /** What is no longer wanted. */
  | 'removals'

/** What is to be done for one service, or for what all share. */
export interface Work {
  readonly steps: Readonly<Partial<Record<Turn, readonly Step[]>>>
  /** What AWS cannot change in place, a sentence each: it would have to be made anew. */
  readonly replaces?: readonly string[]
  /** What cannot be done at all, a sentence each. */
  readonly problems?: readonly string[]
  /** What a person should know, a sentence each. */
  readonly warnings?: readonly string[]
}

/** Several works as one, their steps in the order of the works. */
export function together(works: readonly Work[]): Required<Work> {
  const parts = works.flatMap(({ steps }) => Object.entries(steps) as [Turn, readonly Step[]][])
  const steps: Partial<Record<Turn, Step[]>> = {}
  for (const [turn, some] of parts) (steps[turn] ??= []).push(...some)
  return {
    steps,
    replaces: works.flatMap(({ replaces = [] }) => replaces),
    problems: works.flatMap(({ problems = [] }) => problems),
    warnings: works.flatMap(({ warnings = [] }) => warnings),
  }
}
