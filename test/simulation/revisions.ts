import type { Ended, Invariant } from './seen.ts'
import { nameOf } from './touched.ts'

/** No revision that something points at is ever deregistered. */
export const inUse: Invariant = {
  name: 'a revision that something points at is never deregistered',
  check: ({ own, theirs }) =>
    own.flatMap(({ method, acted, uses = [], input }) => {
      if (method !== 'deregisterTaskDefinition' || !acted) return []
      const still = uses.filter((use) => !isTheirs(use, theirs))
      return still.length > 0
        ? [`${nameOf(input['taskDefinition'])} was deregistered while ${still.join(', ')} pointed at it`]
        : []
    }),
}

/** Between the look and the call somebody else may have pointed something at it. */
function isTheirs(use: string, theirs: Ended['theirs']): boolean {
  const [kind = '', key = ''] = use.split(' ')
  if (kind === 'schedule') return theirs.schedules.has(key)
  return kind === 'service' ? theirs.services.has(key) : theirs.targets.has(key)
}

/** A deploy keeps as many revisions as are declared, and beyond them only what is in use. */
export const pruned: Invariant = {
  name: 'a deploy keeps activeTaskCount revisions',
  check(ended) {
    const { exitCode, run, own, before, after, scenario, theirs } = ended
    if (exitCode !== 0 || run.act.command !== 'deploy' || run.act.dryRun) return []
    const isDisturbed =
      own.some((one) => one.error !== undefined || one.fault === 'stale') ||
      theirs.services.size + theirs.targets.size + theirs.schedules.size + theirs.revisions.size > 0
    const families = [...new Set(scenario.definitions.map(({ declared }) => declared.taskDefinition.family))]
    return families.flatMap((family) => {
      const of = (arns: readonly string[]): number => arns.filter((arn) => nameOf(arn).split(':')[0] === family).length
      const counts = scenario.definitions.filter(({ declared }) => declared.taskDefinition.family === family)
      const keep = Math.max(...counts.map(({ declared }) => declared.activeTaskCount))
      const added = own.filter(
        (one) => one.method === 'registerTaskDefinition' && one.acted && one.input['family'] === family,
      ).length
      const gone = of(before.active) + added - of(after.active)
      const least = Math.min(keep, of(before.active) + added)
      if (!isDisturbed && of(after.active) < least)
        return [`${family} has ${of(after.active)} ACTIVE revisions, less than ${least}`]
      if (gone < 0 && theirs.revisions.size === 0) return [`${family} has more ACTIVE revisions than were registered`]
      return []
    })
  },
}
