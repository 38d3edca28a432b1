/** Rules and schedules that start a family although no class of the run declares them: a deploy leaves them at their revision. */
import type { Definition } from '../../definition/definition.ts'
import { nameOf, ruleKey, scheduleKey } from '../../ground/names.ts'
import { familyOf } from '../revisions.ts'
import type { RevisionReference } from '../world.ts'

/** `target bus/rule/id` and `schedule group/name` of all that definitions declare. */
export function declaredStarters(definitions: readonly Pick<Definition, 'eventTargets' | 'schedules'>[]): string[] {
  return definitions.flatMap(({ eventTargets, schedules }) => [
    ...eventTargets.flatMap((rule) => rule.Targets.map(({ Id }) => `target ${ruleKey(rule)}/${Id}`)),
    ...schedules.map((one) => `schedule ${scheduleKey(one)}`),
  ])
}

/** One that nobody declares. */
export interface Undeclared {
  readonly family: string
  /** What is the matter, one sentence. */
  readonly what: string
  /** What a class declares for it to be moved. */
  readonly declaration: string
}

/** Those that start a revision of their own; what starts the family's newest goes with every deploy. */
export function undeclaredStarters(uses: readonly RevisionReference[], declared: readonly string[]): Undeclared[] {
  const known = new Set(declared)
  // The targets of a rule are read once for each cluster that it starts tasks in.
  const distinct = new Map(uses.map((use) => [`${use.kind} ${use.key}`, use]))
  return [...distinct]
    .filter(([name, { revision }]) => !known.has(name) && /:\d+$/.test(revision))
    .flatMap(([, { kind, key, revision, declaration }]) => {
      if (declaration === undefined) return []
      const name = `${kind === 'schedule' ? 'Schedule' : 'Target'} ${key}`
      const what = `${name} starts ${nameOf(revision)}, but no class of this run declares it: deploys leave it there.`
      return [{ family: familyOf(revision), what, declaration }]
    })
}

/** A warning for each of them, with what to declare. */
export function undeclaredWarnings(uses: readonly RevisionReference[], declared: readonly string[]): string[] {
  return undeclaredStarters(uses, declared).map(({ what, declaration }) => `${what} Declare: ${declaration}`)
}
