/** The stage in which targets of rules and schedules are pointed at a revision; deploy and rollback share it. */
import type { Target } from '@aws-sdk/client-eventbridge'
import type { EventTarget } from '../../definition/definition.ts'
import type { Stage } from '../../engine/plan.ts'
import type { Step } from '../../engine/step.ts'
import { ruleKey } from '../../ground/names.ts'
import { type RevisionAssignment, forClass } from '../revisionAssignment.ts'
import { type PutTargets, mostTargets, putTargets, restoreTargets } from '../steps/putTargets.ts'
import { type RemoveTargets, removeTargets } from '../steps/removeTargets.ts'
import type { World } from '../world.ts'
import { scheduleSteps } from './scheduleSteps.ts'
import { mergedTarget } from './targets.ts'

/**
 * The stage in which the targets of all rules are set, at most ten a request, and all schedules. Rules and schedules go side by
 * side; EventBridge refuses two requests for the same rule at the same time.
 */
export function targetsStage(assignments: readonly RevisionAssignment[], world: World): Stage {
  const last = new Map<string, string>()
  const steps = assignments.flatMap(({ definition, revision }) =>
    definition.eventTargets.flatMap((eventTarget) =>
      inParts(eventTarget).map((part, index) => {
        const rule = ruleKey(part)
        const of = { revision, world }
        const step = { ...targetsStep(part, index, of), ...forClass(definition, assignments) }
        const needs = last.get(rule)
        last.set(rule, step.id)
        return needs === undefined ? step : { ...step, needs: [needs] }
      }),
    ),
  )
  const schedules = scheduleSteps(assignments, world)
  const what = [
    ...(steps.length > 0 || schedules.length === 0 ? ['event targets'] : []),
    ...(schedules.length > 0 ? ['schedules'] : []),
  ]
  return { title: `Set the ${what.join(' and ')}`, steps: [...steps, ...schedules], together: true, onFailure: 'undo' }
}

function targetsStep(
  part: EventTarget,
  index: number,
  { revision, world }: { revision: RevisionAssignment['revision']; world: World },
): Step {
  const id = `putTargets ${ruleKey(part)}${index > 0 ? ` ${index + 1}` : ''} ${part.Targets.map((target) => target.Id).join(',')}`
  const before = targetsBefore(part, world)
  const Targets = part.Targets.map((target) =>
    mergedTarget(
      target,
      before.find(({ Id }) => Id === target.Id),
    ),
  )
  return putTargets(id, { ...part, Targets }, { revision, undo: backToTargets(id, part, before) })
}

function inParts(eventTarget: EventTarget): EventTarget[] {
  const parts: EventTarget[] = []
  for (let at = 0; at < eventTarget.Targets.length; at += mostTargets) {
    parts.push({ ...eventTarget, Targets: eventTarget.Targets.slice(at, at + mostTargets) })
  }
  return parts
}

/** The targets of the same Ids that were there. */
function targetsBefore(eventTarget: EventTarget, world: World): Target[] {
  const ids = eventTarget.Targets.map((target) => target.Id)
  return (world.targets.get(ruleKey(eventTarget)) ?? []).filter(({ Id = '' }) => ids.includes(Id))
}

function backToTargets(
  id: string,
  { Targets, ...rule }: EventTarget,
  before: readonly Target[],
): (Step<PutTargets> | Step<RemoveTargets>)[] {
  const added = Targets.map((target) => target.Id).filter((one) => !before.some((target) => target.Id === one))
  return [
    ...(before.length > 0 ? [restoreTargets(id, rule, before)] : []),
    ...(added.length > 0 ? [removeTargets(id, rule, added)] : []),
  ]
}
