/** The stages in which services and targets are pointed at a revision; deploy and rollback share them. */
import type { Service } from '@aws-sdk/client-ecs'
import type { Target } from '@aws-sdk/client-eventbridge'
import type { Definition, EventTarget, ServiceUpdate } from '../definition/definition.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { nameOf, ruleKey, serviceKey } from '../ground/names.ts'
import type { Stage } from '../engine/plan.ts'
import type { World } from './world.ts'
import type { Reference, Step } from '../engine/step.ts'
import { shownSubject } from '../engine/subject.ts'
import { completedRevision } from './history.ts'
import { isToRunAgain, pinnedImages } from './imageState.ts'
import { isDaemon } from './live.ts'
import { scheduleSteps } from './starters/scheduleSteps.ts'
import { mergedTarget } from './starters/targets.ts'
import { type PutTargets, mostTargets, putTargets, restoreTargets } from './steps/putTargets.ts'
import { type RemoveTargets, removeTargets } from './steps/removeTargets.ts'
import { restoreService } from './steps/restoreService.ts'
import { type UpdateService, updateService } from './steps/updateService.ts'
import { copyOf, wayBackWarnings } from './revisionCopy.ts'
import { familyOf } from './revisions.ts'
import { changesCapacity, irreversible, unseen } from './settingsBefore.ts'

/** A definition and the revision that its services and targets are to point at. */
export interface RevisionAssignment {
  readonly definition: Definition
  readonly revision: string | Reference
}

/** That a step is for a class, where there are several. */
export function forClass({ name }: Definition, all: readonly unknown[]): Pick<Step, 'units'> {
  return all.length > 1 ? { units: [name] } : {}
}

/** The stage in which all services are pointed at their revisions, side by side; with `wait`, each is followed. */
export function servicesStage(
  assignments: readonly RevisionAssignment[],
  world: World,
  wait: boolean,
): Stage & { readonly steps: readonly Step<UpdateService>[] } {
  refuseCounts(assignments, world)
  const steps = assignments.flatMap(({ definition, revision }) =>
    definition.updateServices.map((update) => {
      const key = serviceKey(update)
      const before = world.services.get(key) as Service
      const goal = goalOf(before, key, world)
      const copy = copyOf(world.running.get(goal))
      const images = pinnedImages(world.images.get(key) ?? [])
      // Who declares another capacity wants it taken, and a deployment begins anyway.
      const asked = changesCapacity(update, before) ? { ...update, forceNewDeployment: true } : update
      const back = restoreService(update, before, { goal, copy, images })
      return { ...updateService(asked, revision, [back], wait), ...forClass(definition, assignments) }
    }),
  )
  refuseTwice(steps)
  return { title: 'Update the services', steps, together: true, onFailure: 'undo' }
}

/** The definition with a new deployment of each service whose revision stays and whose images may not. */
export function runningAgain(definition: Definition, { images }: World, byName: boolean): Definition {
  const updateServices = definition.updateServices.map((update) =>
    isToRunAgain(images.get(serviceKey(update)), byName) ? { ...update, forceNewDeployment: true } : update,
  )
  return { ...definition, updateServices }
}

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

/** The revision that a service is put back to. */
function goalOf(service: Service, key: string, { history }: World): string {
  return completedRevision(service, history.get(key)) ?? ''
}

/** Warnings about services whose way back is not simply the revision and the settings that they have now. */
export function irrestorable(assignments: readonly RevisionAssignment[], world: World): string[] {
  return assignments.flatMap(({ definition }) =>
    definition.updateServices.flatMap((update) => {
      const service = world.services.get(serviceKey(update))
      return service ? restoreWarnings(update, service, world) : []
    }),
  )
}

function restoreWarnings(update: ServiceUpdate, service: Service, world: World): string[] {
  const goal = goalOf(service, serviceKey(update), world)
  const impossible = irreversible(update, service)
  const known = world.running.get(goal)
  const isActive = (world.revisions.get(familyOf(goal)) ?? []).some(({ arn }) => arn === goal)
  return [
    ...wayBackWarnings(update.service, {
      goal,
      runs: service.taskDefinition,
      isCopied: copyOf(known) !== undefined,
      isUnknown: !isActive && !known && world.revisions.has(familyOf(goal)),
    }),
    ...unseen(update).map(
      (member) =>
        `AWS does not show ${member} of service ${nameOf(update.service)}: if this fails, the new value stays.`,
    ),
    ...(impossible
      ? [`Service ${nameOf(update.service)} ${impossible}: once the rollout has completed, it cannot be rolled back.`]
      : []),
  ]
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

/** ECS refuses the whole UpdateService: a DAEMON has one task on each instance. */
function refuseCounts(assignments: readonly RevisionAssignment[], world: World): void {
  const problems = assignments.flatMap(({ definition }) =>
    definition.updateServices.flatMap((update, index) => {
      const service = world.services.get(serviceKey(update))
      if (update.desiredCount === undefined || !service || !isDaemon(service)) return []
      return [
        `${definition.name}/updateServices/${index}/desiredCount: service ${service.serviceName} is a DAEMON, which has one task on each instance; remove it.`,
      ]
    }),
  )
  if (problems.length === 0) return
  throw new EcsTaskError('BadDefinition', 'ECS takes no desiredCount for a DAEMON.', { problems })
}

function refuseTwice(steps: readonly Step[]): void {
  const services = steps.map((step) => shownSubject(step.subject))
  const twice = services.filter((service, index) => services.indexOf(service) !== index)
  if (twice.length === 0) return
  throw new EcsTaskError('BadDefinition', 'Two classes update the same service.', {
    problems: [...new Set(twice)].map((service) => `${service}: is in updateServices of more than one class.`),
    fix: 'Declare each service in one class only.',
  })
}
