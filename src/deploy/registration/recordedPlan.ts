/** Adds to a plan what --record says of the revisions that it registers; pure. */
import type { RecordTag } from '../../definition/recordTags.ts'
import type { Plan } from '../../engine/plan.ts'
import type { PlannedInput, Step } from '../../engine/step.ts'
import { shownNames } from '../../ground/names.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html */
const mostTags = 50

/** The plan with these tags on every revision that it registers. A tag that is declared stays as it is; what has no room is left out. */
export function recordedPlan(plan: Plan, record: readonly RecordTag[] = []): Plan {
  if (record.length === 0) return plan
  const declared = new Set<string>()
  const crowded = new Set<string>()
  const recorded = (step: Step): Step => {
    if (step.call.method !== 'registerTaskDefinition') return step
    const input = step.call.input as PlannedInput<'registerTaskDefinition'>
    const { tags = [], family } = input
    const missing = record.filter(({ key }) => !tags.some((tag) => tag.key === key))
    const added = missing.slice(0, Math.max(mostTags - tags.length, 0))
    if (missing.length < record.length) declared.add(String(family))
    if (added.length < missing.length) crowded.add(String(family))
    if (added.length === 0) return step
    return {
      ...step,
      call: { ...step.call, input: { ...input, tags: [...tags, ...added] } },
      params: { ...step.params, record: added },
    }
  }
  const stages = plan.stages.map((stage) => ({ ...stage, steps: stage.steps.map(recorded) }))
  const of = (families: ReadonlySet<string>): string => shownNames([...families], 'families')
  return {
    ...plan,
    stages,
    record,
    warnings: [
      ...plan.warnings,
      ...(declared.size > 0 ? [`Declared tags stay where --record has the same key: ${of(declared)}.`] : []),
      ...(crowded.size > 0
        ? [`Tags of --record are left out, because AWS takes at most ${mostTags}: ${of(crowded)}.`]
        : []),
    ],
  }
}
