/** The stage in which services are pointed at a revision; deploy and rollback share it. */
import type { Service } from '@aws-sdk/client-ecs'
import type { Definition, ServiceUpdate } from '../definition/definition.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { nameOf, serviceKey } from '../ground/names.ts'
import type { Stage } from '../engine/plan.ts'
import type { World } from './world.ts'
import type { Reference, Step } from '../engine/step.ts'
import { shownSubject } from '../engine/subject.ts'
import { completedRevision } from './history.ts'
import { isToRunAgain, pinnedImages } from './imageState.ts'
import { isDaemon } from './live.ts'
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

/** Steps about services, each for the classes that declare its service, where there are several classes. */
export function forClasses(steps: readonly Step[], definitions: readonly Definition[]): Step[] {
  if (definitions.length < 2) return [...steps]
  return steps.map((step) => {
    const key = shownSubject(step.subject)
    const own = definitions.filter(({ updateServices }) => updateServices.some((one) => serviceKey(one) === key))
    return { ...step, units: own.map(({ name }) => name) }
  })
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
