/** Plans a deploy; pure. */
import type { Definition, TaskDefinition } from '../definition/definition.ts'
import { clustersOf } from './observe.ts'
import type { Plan } from '../engine/plan.ts'
import type { World } from './world.ts'
import { imageWarnings } from './imageState.ts'
import { forClasses, irrestorable, runningAgain, servicesStage } from './revisionAssignment.ts'
import { fillImageTag, hasImageTag } from '../definition/placeholder.ts'
import { ofFamilies, pruneStages, registerStage, registrations, tasksStage } from './revisionStages.ts'
import { sameTaskDefinition } from '../definition/sameTaskDefinition.ts'
import { shownNames } from '../ground/names.ts'
import { verbs, wording } from '../engine/summary.ts'
import { orderOf, unitStage } from '../engine/unitStage.ts'
import type { Step } from '../engine/step.ts'
import { stopStages } from './ongoing/stopping.ts'
import { declaredStarters, undeclaredWarnings } from './starters/undeclared.ts'
import { targetsStage } from './starters/targetsStage.ts'
import { dropNoopSteps } from './dropNoopSteps.ts'

/** How a deploy is to be planned. */
interface DeployOptions {
  readonly wait: boolean
  /** Use the revision again that is what would be registered, and leave alone what runs it already. */
  readonly skipUnchanged: boolean
  /** Go on with the other classes where one fails. */
  readonly keepGoing?: boolean | undefined
  /** What stops deployments that are in progress; `world` is as it will be then. */
  readonly stops?: readonly Step[]
}

/**
 * Plans a deploy of one or more definitions as one unit: register, run the one-off tasks, update the services, set the
 * event targets, prune. Where classes are after others, or it goes on where one fails, tasks, services and targets are one stage,
 * in which a class waits only for those that it is after. Pure: everything it knows of AWS is in `world`.
 */
export function planDeploy(
  definitions: readonly Definition[],
  tag: string,
  world: World,
  options: DeployOptions,
): Plan {
  const clusters = clustersOf(definitions, world.schedules)
  const { classes, units, isOrdered, goesOn } = orderOf(definitions, { keepGoing: options.keepGoing ?? false })
  const wanted = classes.map((definition) => {
    const taskDefinition = fillImageTag(definition.taskDefinition, tag)
    const there = options.skipUnchanged ? registeredAs(taskDefinition, world) : undefined
    return { definition, register: there === undefined ? taskDefinition : undefined, there: there ?? '' }
  })
  const registered = registrations(wanted, clusters, world).map((one) => ({
    ...one,
    definition: runningAgain(one.definition, world, true),
  }))
  const services = servicesStage(registered, world, options.wait)
  const targets = targetsStage(registered, world)
  const moving = options.skipUnchanged
    ? { services: dropNoopSteps(services, world), targets: dropNoopSteps(targets, world) }
    : { services, targets }
  // Where nothing moves, there is nothing that a one-off task would have to come before.
  const { stops = [] } = options
  const isIdle =
    registered.every(({ step }) => !step) && moving.services.steps.length + moving.targets.steps.length === 0
  const tasks = tasksStage(isIdle ? [] : registered, world)
  const moves = [tasks, moving.services, moving.targets]
  const declared = declaredStarters(definitions)
  const pruning = pruneStages(registered, world, clusters, { wait: options.wait, declared })
  const again = { command: 'deploy' as const, tag, options: {} }
  const names = shownNames(definitions.map(({ name }) => name))
  return {
    ...wording({
      command: 'deploy',
      what: `${tag} of ${names}`,
      followed: moving.services.steps.length > 0 ? options.wait : undefined,
      idle:
        isIdle && stops.length === 0
          ? `${names} ${definitions.length === 1 ? 'is' : 'are'} already at ${tag}; no changes`
          : undefined,
    }),
    stages: [
      ...stopStages(goesOn ? stops : forClasses(stops, definitions)),
      registerStage(registered),
      ...(isOrdered ? [unitStage('Deploy the classes', moves, units)] : moves),
      ...(goesOn ? pruning.map((stage) => ofFamilies(stage, definitions)) : pruning),
    ],
    ...(goesOn && {
      fleet: { units, done: `${verbs.deploy.done} ${tag} of`, started: `${verbs.deploy.started} ${tag} of`, again },
    }),
    warnings: [
      ...definitions
        .filter((definition) => !hasImageTag(definition.taskDefinition))
        .map(({ name }) => `${name} has no <image_tag> in its container definitions: ${tag} changes nothing in it.`),
      ...world.unread,
      ...imageWarnings(world.images, true),
      ...irrestorable(registered, world),
      ...(Array.isArray(world.uses) ? undeclaredWarnings(world.uses, declared) : []),
    ],
  }
}

/** The ACTIVE revision that registering this would only repeat, as an ARN. */
export function registeredAs(taskDefinition: TaskDefinition, world: World): string | undefined {
  const known = world.registered.get(taskDefinition.family) ?? []
  return known.find((one) => sameTaskDefinition(taskDefinition, { ...one.taskDefinition, tags: one.tags }))?.arn
}
