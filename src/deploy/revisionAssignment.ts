/** The stages in which services and targets are pointed at a revision; deploy and rollback share them. */
import type { Service } from '@aws-sdk/client-ecs'
import type { Definition, EventTarget } from '../definition/definition.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { nameOf, ruleKey, serviceKey } from '../ground/names.ts'
import type { Stage } from '../engine/plan.ts'
import type { World } from './world.ts'
import type { Reference, Step } from '../engine/step.ts'
import { shownSubject } from '../engine/subject.ts'
import { completedRevision } from './history.ts'
import { isToRunAgain, pinnedImages } from './imageState.ts'
import { type PutTargets, mostTargets, putTargets, restoreTargets } from './steps/putTargets.ts'
import { type RemoveTargets, removeTargets } from './steps/removeTargets.ts'
import { restoreService } from './steps/restoreService.ts'
import { type UpdateService, updateService } from './steps/updateService.ts'
import { familyOf } from './revisions.ts'

/** A definition and the revision that its services and targets are to point at. */
export interface RevisionAssignment {
  readonly definition: Definition
  readonly revision: string | Reference
}

/** The stage in which all services are pointed at their revisions, side by side; with `wait`, each is followed. */
export function servicesStage(
  assignments: readonly RevisionAssignment[],
  world: World,
  wait: boolean,
): Stage & { readonly steps: readonly Step<UpdateService>[] } {
  const steps = assignments.flatMap(({ definition, revision }) =>
    definition.updateServices.map((update) => {
      const key = serviceKey(update)
      const before = world.services.get(key) as Service
      const taskDefinition = completedRevision(before, world.history.get(key))
      const images = pinnedImages(world.images.get(key) ?? [])
      return updateService(update, revision, [restoreService(update, before, { taskDefinition, images })], wait)
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

/** The stage in which the targets of all rules are set, at most ten a request. */
export function targetsStage(assignments: readonly RevisionAssignment[], world: World): Stage {
  const steps = assignments.flatMap(({ definition, revision }) =>
    definition.eventTargets.flatMap((eventTarget) =>
      inParts(eventTarget).map((part, index) => {
        const id = `putTargets ${ruleKey(part)}${index > 0 ? ` ${index + 1}` : ''} ${part.Targets.map((target) => target.Id).join(',')}`
        return putTargets(id, part, revision, backToTargets(id, part, world))
      }),
    ),
  )
  // EventBridge refuses two requests for the same rule at the same time.
  return { title: 'Set the event targets', steps, together: false, onFailure: 'undo' }
}

/**
 * Warnings about services that are not put back to what they run, because that cannot be deployed any more, or never
 * completed.
 */
export function irrestorable(assignments: readonly RevisionAssignment[], world: World): string[] {
  return assignments.flatMap(({ definition }) =>
    definition.updateServices.flatMap((update) => {
      const service = world.services.get(serviceKey(update))
      const [now = '', runs = ''] = service
        ? [service.taskDefinition, completedRevision(service, world.history.get(serviceKey(update)))]
        : []
      const back = `Service ${nameOf(update.service)} has not completed the deployment of ${nameOf(now)}: on failure it goes back to ${nameOf(runs)}, the last one that was successful.`
      if (runs !== now) return [back]
      const active = world.revisions.get(familyOf(runs))
      if (!active || active.some((revision) => revision.arn === runs)) return []
      return [
        `Service ${nameOf(update.service)} runs ${nameOf(runs)}, which is no longer ACTIVE: should this fail, the service cannot be put back to it.`,
      ]
    }),
  )
}

function inParts(eventTarget: EventTarget): EventTarget[] {
  const parts: EventTarget[] = []
  for (let at = 0; at < eventTarget.Targets.length; at += mostTargets) {
    parts.push({ ...eventTarget, Targets: eventTarget.Targets.slice(at, at + mostTargets) })
  }
  return parts
}

function backToTargets(id: string, eventTarget: EventTarget, world: World): (Step<PutTargets> | Step<RemoveTargets>)[] {
  const { Targets, ...rule } = eventTarget
  const observed = world.targets.get(ruleKey(eventTarget)) ?? []
  const ids = Targets.map((target) => target.Id)
  const before = observed.filter((target) => ids.includes(target.Id ?? ''))
  const added = ids.filter((one) => !observed.some((target) => target.Id === one))
  return [
    ...(before.length > 0 ? [restoreTargets(id, rule, before)] : []),
    ...(added.length > 0 ? [removeTargets(id, rule, added)] : []),
  ]
}

function refuseTwice(steps: readonly Step[]): void {
  const services = steps.map((step) => shownSubject(step.subject))
  const twice = services.filter((service, index) => services.indexOf(service) !== index)
  if (twice.length === 0) return
  throw new EcsTaskError('BadDefinition', 'A service is updated by two definitions at once.', {
    problems: [...new Set(twice)].map((service) => `${service}: is in updateServices of more than one class.`),
    fix: 'Leave each service in one class.',
  })
}
