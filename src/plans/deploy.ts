import type { Definition } from '../definition.ts'
import { clustersOf } from '../observe.ts'
import { fillImageTag, hasImageTag } from '../reading/placeholder.ts'
import { nameOf, ruleKey, serviceKey } from '../names.ts'
import type { Plan, Stage, World } from '../plan.ts'
import { type Pointing, irrestorable, servicesStage, targetsStage } from '../pointing.ts'
import { Reference, type Step } from '../step.ts'
import { deregisterTaskDefinition } from '../steps/deregisterTaskDefinition.ts'
import { registerTaskDefinition } from '../steps/registerTaskDefinition.ts'
import { runTask } from '../steps/runTask.ts'

/**
 * Plans a deploy of one or more definitions as one unit: register, run the one-off tasks, update the services, set the
 * event targets, prune. Pure: everything it knows of AWS is in `world`.
 */
export function planDeploy(
  definitions: readonly Definition[],
  tag: string,
  world: World,
  { wait }: { wait: boolean },
): Plan {
  const clusters = clustersOf(definitions)
  const registrations = definitions.map((definition, index) => {
    const { family } = definition.taskDefinition
    const earlier = definitions.slice(0, index).filter((one) => one.taskDefinition.family === family).length
    const id = `registerTaskDefinition ${family}${earlier > 0 ? ` ${earlier + 1}` : ''}`
    const revision = new Reference(id, `the new revision of ${family}`)
    const step = registerTaskDefinition(id, fillImageTag(definition.taskDefinition, tag), [
      deregisterTaskDefinition(revision, clusters),
    ])
    return { definition, revision, step }
  })
  const names = definitions.map((definition) => definition.name).join(', ')
  return {
    command: 'deploy',
    title: `Deploy ${tag} of ${names}`,
    done: `Deployed ${tag} of ${names}`,
    stages: [
      // AWS refuses concurrent registrations of one family, and takes one a second of all.
      { title: 'Register', steps: registrations.map(({ step }) => step), together: false, onFailure: 'undo' },
      tasksStage(registrations),
      servicesStage(registrations, world, wait),
      targetsStage(registrations, world),
      pruneStage(definitions, world, clusters, wait),
    ],
    warnings: [
      ...definitions
        .filter((definition) => !hasImageTag(definition.taskDefinition))
        .map(({ name }) => `${name} has no <image_tag> in its container definitions: ${tag} changes nothing in it.`),
      ...irrestorable(registrations, world),
    ],
  }
}

function tasksStage(pointings: readonly (Pointing & { revision: Reference })[]): Stage {
  const steps = pointings.flatMap(({ definition, revision }): Step[] => {
    const { family, containerDefinitions } = definition.taskDefinition
    const essential = containerDefinitions.filter((one) => one.essential !== false).map((one) => one.name ?? '')
    return definition.runTasks.map((run, index) =>
      runTask(`runTask ${definition.name}/${index}`, { run, family, revision, essential }),
    )
  })
  return { title: 'Run the one-off tasks', steps, together: false, onFailure: 'undo' }
}

/** What will be beyond `activeTaskCount` once the new revisions are there, and used by nothing that this does not move. */
function pruneStage(
  definitions: readonly Definition[],
  world: World,
  clusters: readonly string[],
  wait: boolean,
): Stage {
  const moved = movedBy(definitions, wait)
  const inUse = new Set(world.uses.filter((use) => !moved.has(`${use.kind} ${use.key}`)).map((use) => use.revision))
  const families = [...new Set(definitions.map((definition) => definition.taskDefinition.family))]
  const steps = families.flatMap((family) => {
    const ours = definitions.filter((definition) => definition.taskDefinition.family === family)
    const keep = Math.max(...ours.map((definition) => definition.activeTaskCount)) - ours.length
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
