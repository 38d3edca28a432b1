/** Rules and schedules that start a family although no class of the run declares them: a deploy leaves them at their revision. */
import type { Definition } from '../../definition/definition.ts'
import { nameOf, ruleKey, scheduleKey } from '../../ground/names.ts'
import type { RevisionReference } from '../world.ts'

/** `target bus/rule/id` and `schedule group/name` of all that definitions declare. */
export function declaredStarters(definitions: readonly Definition[]): string[] {
  return definitions.flatMap(({ eventTargets, schedules }) => [
    ...eventTargets.flatMap((rule) => rule.Targets.map(({ Id }) => `target ${ruleKey(rule)}/${Id}`)),
    ...schedules.map((one) => `schedule ${scheduleKey(one)}`),
  ])
}

/** A warning for each of them that starts a revision of its own, with what to declare. */
export function undeclaredWarnings(uses: readonly RevisionReference[], declared: readonly string[]): string[] {
  const known = new Set(declared)
  return uses
    .filter(({ kind, key, declaration }) => declaration !== undefined && !known.has(`${kind} ${key}`))
    .filter(({ revision }) => /:\d+$/.test(revision))
    .map(
      ({ kind, key, revision, declaration }) =>
        `${kind === 'schedule' ? 'Schedule' : 'Target'} ${key} starts ${nameOf(revision)} and no class of this run declares it: it stays there. ` +
        `To have deploys move it, declare: ${declaration}`,
    )
}
