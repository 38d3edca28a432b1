import type { Definition } from '../definition.ts'
import { inherited } from '../inherited.ts'
import { nameOf, ruleKey, serviceKey } from '../names.ts'
import { clustersOf } from '../observe.ts'
import type { Plan, Stage, World } from '../plan.ts'
import { type Pointing, irrestorable, servicesStage, targetsStage } from '../pointing.ts'
import { fillImageTag, hasImageTag } from '../reading/placeholder.ts'
import { sameTaskDefinition } from '../sameTaskDefinition.ts'
import { Reference, type Step } from '../step.ts'
import { deregisterTaskDefinition } from '../steps/deregisterTaskDefinition.ts'
import { registerTaskDefinition } from '../steps/registerTaskDefinition.ts'
import { runTask } from '../steps/runTask.ts'
import { withoutSettled } from '../unchanged.ts'

/** How a deploy is to be planned. */
export interface DeployOptions {
  readonly wait: boolean
  /** Use the revision again that is what would be registered, and leave alone what runs it already. */
  readonly skipUnchanged: boolean
}

/** A definition, its revision, and the step that registers it, unless it is there already. */
type Registration = Pointing & { readonly step?: Step }

/**
 * Plans a deploy of one or more definitions as one unit: register, run the one-off tasks, update the services, set the
 * event targets, prune. Pure: everything it knows of AWS is in `world`.
 */
export function planDeploy(
  definitions: readonly Definition[],
  tag: string,
  world: World,
  options: DeployOptions,
): Plan {
  const clusters = clustersOf(definitions)
  const registrations = definitions.map((definition, index): Registration => {
    const taskDefinition = fillImageTag(definition.taskDefinition, tag)
    const { family } = taskDefinition
    const same = world.registered
      .get(family)
      ?.find((one) => sameTaskDefinition(taskDefinition, { ...one.taskDefinition, tags: one.tags }))
    if (options.skipUnchanged && same) return { definition, revision: same.arn }
    const earlier = definitions.slice(0, index).filter((one) => one.taskDefinition.family === family).length
    const id = `registerTaskDefinition ${family}${earlier > 0 ? ` ${earlier + 1}` : ''}`
    const revision = new Reference(id, `the new revision of ${family}`)
    return {
      definition,
      revision,
      step: registerTaskDefinition(id, taskDefinition, [deregisterTaskDefinition(revision, clusters)]),
    }
  })
  const services = servicesStage(registrations, world, options.wait)
  const targets = targetsStage(registrations, world)
  const moving = options.skipUnchanged
    ? { services: withoutSettled(services, world), targets: withoutSettled(targets, world) }
    : { services, targets }
  // Where nothing moves, there is nothing that a one-off task would have to come before.
  const isIdle =
    registrations.every(({ step }) => !step) && moving.services.steps.length + moving.targets.steps.length === 0
  const names = definitions.map((definition) => definition.name).join(', ')
  return {
    command: 'deploy',
    title: `Deploy ${tag} of ${names}`,
    done: isIdle ? `${names} is at ${tag} already; nothing was changed` : `Deployed ${tag} of ${names}`,
    stages: [
      // AWS refuses concurrent registrations of one family, and takes one a second of all.
      { title: 'Register', steps: registrations.flatMap(({ step }) => step ?? []), together: false, onFailure: 'undo' },
      tasksStage(isIdle ? [] : registrations, world),
      moving.services,
      moving.targets,
      pruneStage(registrations, world, clusters, options.wait),
    ],
    warnings: [
      ...definitions
        .filter((definition) => !hasImageTag(definition.taskDefinition))
        .map(({ name }) => `${name} has no <image_tag> in its container definitions: ${tag} changes nothing in it.`),
      ...irrestorable(registrations, world),
    ],
  }
}

function tasksStage(pointings: readonly Pointing[], world: World): Stage {
  const services = pointings.flatMap(({ definition }) => definition.updateServices)
  const observed = services.flatMap((update) => world.services.get(serviceKey(update)) ?? [])
  const steps = pointings.flatMap(({ definition, revision }): Step[] => {
    const { taskDefinition, runTasks, name } = definition
    const essential = taskDefinition.containerDefinitions
      .filter((one) => one.essential !== false)
      .map((one) => one.name ?? '')
    return runTasks.map((declared, index) => {
      const { run } = inherited(declared, taskDefinition, observed)
      return runTask(`runTask ${name}/${index}`, { run, family: taskDefinition.family, revision, essential })
    })
  })
  return { title: 'Run the one-off tasks', steps, together: false, onFailure: 'undo' }
}

/** What will be beyond `activeTaskCount` once the new revisions are there, and used by nothing that this does not move. */
function pruneStage(
  registrations: readonly Registration[],
  world: World,
  clusters: readonly string[],
  wait: boolean,
): Stage {
  const definitions = registrations.map(({ definition }) => definition)
  const moved = movedBy(definitions, wait)
  const reused = registrations.flatMap(({ revision, step }) => (step ? [] : [String(revision)]))
  const inUse = new Set([
    ...reused,
    ...world.uses.filter((use) => !moved.has(`${use.kind} ${use.key}`)).map((use) => use.revision),
  ])
  const families = [...new Set(definitions.map((definition) => definition.taskDefinition.family))]
  const steps = families.flatMap((family) => {
    const ours = registrations.filter(({ definition }) => definition.taskDefinition.family === family)
    const added = ours.filter(({ step }) => step).length
    const keep = Math.max(...ours.map(({ definition }) => definition.activeTaskCount)) - added
    const beyond = (world.revisions.get(family) ?? []).slice(Math.max(keep, 0))
    return beyond.filter(({ arn }) => !inUse.has(arn)).map(({ arn }) => deregisterTaskDefinition(arn, clusters))
  })
  return { title: 'Prune old revisions', steps, together: false, onFailure: 'warn' }
}

/** What points elsewhere after the deploy; a rollout that nobody waits for still runs the old tasks when it ends. */
function movedBy(definitions: readonly Definition[], wait: boolean): ReadonlySet<string> {
  const services = definitions.flatMap((definition) => definition.updateServices.map(serviceKey))
  const targets = definitions.flatMap((definition) =>
    definition.eventTargets.flatMap((rule) =>
      rule.Targets.filter((target) => target.EcsParameters).map(
        (target) => `target ${ruleKey(rule)}/${nameOf(target.Id)}`,
      ),
    ),
  )
  return new Set([...(wait ? services.flatMap((key) => [`service ${key}`, `task ${key}`]) : []), ...targets])
}
