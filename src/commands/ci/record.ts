// What --record says of a revision: the commit, the actor and the run that the CI's environment names.
import { Option } from 'clipanion'
import {
  type RecordTag,
  actorTag,
  ciRunTag,
  commitTag,
  isTagValue,
  longestTagValue,
} from '../../definition/recordTags.ts'
import type { Plan } from '../../engine/plan.ts'
import type { Settings } from '../../engine/settings.ts'
import { listed } from '../../ground/names.ts'
import { type Environment, jobIn, runnerTitles } from '../../ground/runner.ts'

export function recordOption(): boolean {
  return Option.Boolean('--record', false, {
    description: 'Tag the revision with the commit, actor and run of the CI job',
  })
}

/** The tags, and what is missing, a sentence each. A plan that was approved has its own: those of the job that made it. */
export function recordSettings(
  isAsked: boolean,
  { env, approved }: { readonly env: Environment; readonly approved?: { readonly plan: Plan } | undefined },
): Required<Pick<Settings, 'record' | 'warnings'>> {
  if (!isAsked) return { record: [], warnings: [] }
  return approved ? { record: approved.plan.record ?? [], warnings: [] } : recordIn(env)
}

function recordIn(env: Environment): { record: RecordTag[]; warnings: string[] } {
  const job = jobIn(env)
  if (!job) {
    const known = listed(runnerTitles)
    return { record: [], warnings: [`--record found no CI job, so it adds no tags. It knows ${known}.`] }
  }
  const all = [
    { what: 'commit', key: commitTag, value: job.commit, problemOf: commitProblem },
    { what: 'actor', key: actorTag, value: job.actor, problemOf: valueProblem },
    { what: 'run', key: ciRunTag, value: job.run, problemOf: valueProblem },
  ]
  const found = all.flatMap(({ value, ...one }) => (value === undefined ? [] : [{ ...one, value }]))
  if (found.length === 0) {
    return { record: [], warnings: [`--record adds no tags: ${job.title} names no commit, actor or run.`] }
  }
  return {
    record: found.flatMap(({ key, value, problemOf }) => (problemOf(value) === undefined ? { key, value } : [])),
    warnings: found.flatMap(({ what, value, problemOf }) => {
      const problem = problemOf(value)
      return problem === undefined ? [] : `--record leaves out the ${what}: ${shortened(value)} ${problem}.`
    }),
  }
}

/** Buildkite says HEAD where nobody has named a commit. */
function commitProblem(text: string): string | undefined {
  return /^[\da-f]{7,64}$/i.test(text) ? undefined : 'is not the hash of a commit'
}

function valueProblem(text: string): string | undefined {
  if (isTagValue(text)) return undefined
  return text.length > longestTagValue
    ? `is longer than the ${longestTagValue} characters of a tag`
    : 'has characters that AWS takes in no tag'
}

function shortened(value: string): string {
  return value.length > 80 ? `${value.slice(0, 80)}…` : value
}
