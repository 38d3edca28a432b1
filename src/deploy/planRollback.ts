/** Plans the way back to an earlier revision; pure. */
import type { Definition } from '../definition/definition.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { parseImage } from '../definition/image.ts'
import { nameOf, serviceKey, shownNames } from '../ground/names.ts'
import { clustersOf } from './observe.ts'
import type { Plan, Stage } from '../engine/plan.ts'
import { wording } from '../engine/summary.ts'
import { orderOf, unitStage } from '../engine/unitStage.ts'
import type { World } from './world.ts'
import { type RevisionAssignment, irrestorable, servicesStage } from './revisionAssignment.ts'
import { targetsStage } from './starters/targetsStage.ts'
import { inReadings, ofFamilies } from './revisionStages.ts'
import type { Step } from '../engine/step.ts'
import { shownSubject } from '../engine/subject.ts'
import { deregisterTaskDefinition } from './steps/deregisterTaskDefinition.ts'
import { rejectServiceDeployment } from './steps/rejectServiceDeployment.ts'
import { stopServiceDeployment } from './steps/stopServiceDeployment.ts'

/**
 * Plans the way back to an earlier revision: services and targets are pointed back and followed, then every newer
 * revision is deregistered. `to` is a revision's number or an image tag; without it, it is the last revision before the
 * newest that was deployed successfully, or, where AWS knows no history, simply the one before. A deployment that is in
 * progress is stopped instead, which makes ECS itself take the service back to what it last ran successfully. Throws
 * `NothingToRollBackTo` when a family has no such revision.
 */
export function planRollback(
  definitions: readonly Definition[],
  world: World,
  { wait, to, keepGoing = false }: { wait: boolean; to: string | undefined; keepGoing?: boolean | undefined },
): Plan {
  const { classes, units, isOrdered, goesOn } = orderOf(definitions, { keepGoing, backwards: true })
  const families = [...new Set(definitions.map((definition) => definition.taskDefinition.family))]
  const chosen = new Map(families.map((family) => [family, revisionTo(family, definitions, world, to)]))
  const stuck = families.filter((family) => chosen.get(family) === undefined)
  if (stuck.length > 0) throw nothing(stuck, world, to)
  const assignments = classes.map((definition) => ({
    definition,
    revision: chosen.get(definition.taskDefinition.family) ?? '',
  }))
  const again = { command: 'rollback' as const, options: to === undefined ? {} : { to } }
  const names = shownNames(definitions.map(({ name }) => name))
  const goals = families.map((family) => nameOf(chosen.get(family) ?? ''))
  const goal = shownNames(goals, 'revisions')
  const clusters = clustersOf(definitions, world.schedules)
  const services = stoppingFirst(servicesStage(assignments, world, wait), chosen, world, wait)
  const targets = targetsStage(assignments, world)
  const deregistration: Stage = {
    title: 'Deregister newer revisions',
    steps: families.flatMap((family) =>
      newerThan(family, chosen.get(family), world).map((arn) => deregisterTaskDefinition(arn, clusters, { families })),
    ),
    together: true,
    onFailure: 'report',
  }
  return {
    ...wording({
      command: 'rollback',
      what: `${names} back to ${goal}`,
      followed: services.steps.length > 0 ? wait : undefined,
    }),
    stages: [
      ...(isOrdered ? [unitStage('Roll the classes back', [services, targets], units)] : [services, targets]),
      ...inReadings(goesOn ? ofFamilies(deregistration, definitions) : deregistration),
    ],
    ...(goesOn && { fleet: { units, done: 'Rolled back', started: 'Started rolling back', again } }),
    warnings: [...world.unread, ...irrestorable(updatedOf(assignments, services.steps), world)],
  }
}

/** The assignments with the services alone that are updated: what is stopped has no way back. */
function updatedOf(assignments: readonly RevisionAssignment[], steps: readonly Step[]): RevisionAssignment[] {
  const updated = new Set(steps.flatMap(({ kind, subject }) => (kind === 'updateService' ? shownSubject(subject) : [])))
  return assignments.map((one) => {
    const updateServices = one.definition.updateServices.filter((update) => updated.has(serviceKey(update)))
    return { ...one, definition: { ...one.definition, updateServices } }
  })
}

/** The stage with each deployment stopped that is in progress and would go back by itself to where the service is wanted. */
function stoppingFirst(
  stage: ReturnType<typeof servicesStage>,
  chosen: ReadonlyMap<string, string | undefined>,
  world: World,
  wait: boolean,
): Stage {
  const goals = new Set(chosen.values())
  const steps = stage.steps.map((step): Step => {
    const key = shownSubject(step.subject)
    const ongoing = world.ongoing.get(key)
    const last = world.history.get(key)?.[0]
    if (!ongoing || last === undefined || !goals.has(last)) return step
    const { units } = step
    const instead =
      ongoing.hooks.length > 0 ? rejectServiceDeployment(ongoing, wait) : stopServiceDeployment(ongoing, last, wait)
    return units ? { ...instead, units } : instead
  })
  return { ...stage, steps }
}

/** The revision to go back to, as an ARN. */
function revisionTo(
  family: string,
  definitions: readonly Definition[],
  world: World,
  to: string | undefined,
): string | undefined {
  if (to !== undefined) return revisionCalled(to, family, world)
  const active = arnsOf(family, world)
  const [, ...earlier] = active
  const services = definitions
    .filter((one) => one.taskDefinition.family === family)
    .flatMap((one) => one.updateServices)
  const keys = services.map(serviceKey)
  // What is in progress goes back to what was deployed successfully last.
  const lasts = keys.flatMap((key) => (world.ongoing.has(key) ? (world.history.get(key)?.[0] ?? []) : []))
  // ECS itself goes back to a revision that is no longer ACTIVE; no service can be updated to it.
  const isCommon = lasts.length === keys.length && new Set(lasts).size === 1
  const last = isCommon ? lasts[0] : lasts.find((arn) => active.includes(arn))
  if (last !== undefined) return last
  const histories = keys.flatMap((key) => world.history.get(key) ?? [])
  return earlier.find((arn) => histories.includes(arn)) ?? earlier[0]
}

/** `12`, `web:12`, a revision's ARN, or the tag of an image in it; the newest where several have the tag. */
function revisionCalled(to: string, family: string, world: World): string | undefined {
  const byName = arnsOf(family, world).find(
    (arn) => arn === to || nameOf(arn) === to || nameOf(arn) === `${family}:${to}`,
  )
  const tagged = world.registered
    .get(family)
    ?.find(({ taskDefinition }) => taskDefinition.containerDefinitions?.some(({ image = '' }) => isTagged(image, to)))
  return byName ?? tagged?.arn
}

/** Whether an image has a tag, a digest, or both as deploy takes them: `v1@sha256:…`. */
function isTagged(reference: string, to: string): boolean {
  const { tag, digest } = parseImage(reference) ?? {}
  return [tag, digest, `${tag}@${digest}`].includes(to)
}

function newerThan(family: string, chosen: string | undefined, world: World): string[] {
  const arns = arnsOf(family, world)
  return arns.slice(0, Math.max(arns.indexOf(chosen ?? ''), 0))
}

function arnsOf(family: string, world: World): string[] {
  return (world.revisions.get(family) ?? []).map(({ arn }) => arn)
}

function nothing(stuck: readonly string[], world: World, to: string | undefined): EcsTaskError {
  const active = (family: string): string => arnsOf(family, world).map(nameOf).slice(0, 10).join(', ') || 'none'
  return new EcsTaskError(
    'NothingToRollBackTo',
    `There is nothing to roll back to for ${shownNames(stuck, 'families')}.`,
    {
      problems: stuck.map((family) =>
        to === undefined
          ? `${family}: has no ACTIVE revision before its newest to roll back to; ACTIVE: ${active(family)}.`
          : `${family}: has no ACTIVE revision named ${to} or with that image tag; ACTIVE: ${active(family)}.`,
      ),
      fix: 'Deploy the tag that you want instead.',
    },
  )
}
