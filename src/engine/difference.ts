/** What a plan changes in AWS, member by member: as data for a diff and a dry run. */
import type { Change } from '../definition/changesBetween.ts'
import { canonical } from '../definition/normalTaskDefinition.ts'
import type { Subject } from './subject.ts'

/** A member that differs, and of what: a task definition, a service's settings, a rule's targets, a revision. */
export interface Difference extends Change {
  readonly of: Subject
  /** Of a task definition: the revisions that it is compared with; none where its family has none. */
  readonly revisions?: readonly string[]
  /** What points at these revisions: `cluster/service`, `bus/rule/target`. */
  readonly runBy?: readonly string[]
}

type Differing = Pick<Difference, 'of' | 'revisions' | 'runBy'>

/** All that differs in one thing, in order. */
export interface DifferenceGroup extends Differing {
  readonly changes: readonly Change[]
}

/** Differences by what they are of. What would get the same changes to its task definition is one group. */
export function grouped(differences: readonly Difference[]): DifferenceGroup[] {
  const things = new Map<string, { head: Differing; changes: Change[] }>()
  for (const { of, revisions, runBy, ...change } of differences) {
    const key = canonical({ of, runBy, revisions })
    const thing = things.get(key) ?? {
      head: { of, ...(revisions && { revisions }), ...(runBy && { runBy }) },
      changes: [],
    }
    thing.changes.push(change)
    things.set(key, thing)
  }
  const groups = new Map<string, DifferenceGroup>()
  for (const [own, { head, changes }] of things) {
    const key = head.runBy ? canonical({ of: head.of, changes }) : own
    const { revisions = [], runBy = [] } = groups.get(key) ?? {}
    const merged = head.runBy && {
      revisions: [...new Set([...revisions, ...(head.revisions ?? [])])],
      runBy: [...new Set([...runBy, ...head.runBy])],
    }
    groups.set(key, { ...head, ...merged, changes })
  }
  return [...groups.values()]
}

/** The same differences, one by one. */
export function ungrouped(groups: readonly DifferenceGroup[]): Difference[] {
  return groups.flatMap(({ changes, ...head }) => changes.map((change) => ({ ...head, ...change })))
}
