/** The stages about revisions: registering, one-off tasks, pruning. */
import type { Definition, TaskDefinition } from '../definition/definition.ts'
import { inherited } from './inherited.ts'
import { familyOf } from './revisions.ts'
import { nameOf, ruleKey, scheduleKey, serviceKey } from '../ground/names.ts'
import type { Stage } from '../engine/plan.ts'
import type { World } from './world.ts'
import { type RevisionAssignment, forClass } from './revisionAssignment.ts'
import { Reference, type Step } from '../engine/step.ts'
import type { OwnPointers } from './revisionReferences.ts'
import { deregisterTaskDefinition } from './steps/deregisterTaskDefinition.ts'
import { registerTaskDefinition } from './steps/registerTaskDefinition.ts'
import { runTask } from './steps/runTask.ts'

/** A definition, its revision, and the step that registers it, unless it is there already. */
type Registration = RevisionAssignment & { readonly step?: Step }

/** The registrations of new revisions; `undefined` in place of a task definition: the revision that is there is used again. */
export function registrations(
  wanted: readonly {
    readonly definition: Definition
    readonly register: TaskDefinition | undefined
    readonly there: string
  }[],
  clusters: readonly string[],
  world: World,
): Registration[] {
  const registered = new Map<string | undefined, number>()
  const families = [...new Set(wanted.map(({ definition }) => definition.taskDefinition.family))]
  return wanted.map(({ definition, register, there }) => {
    if (!register) return { definition, revision: there }
    const { family } = register
    const earlier = registered.get(family) ?? 0
    registered.set(family, earlier + 1)
    const id = `registerTaskDefinition ${family}${earlier > 0 ? ` ${earlier + 1}` : ''}`
    const revision = new Reference(id, `the new revision of ${family}`)
    return {
      definition,
      revision,
      step: {
        ...registerTaskDefinition(id, register, {
          undo: [deregisterTaskDefinition(revision, clusters, { own: ownOf(definition), families })],
          after: world.revisions.get(family)?.[0]?.revision ?? 0,
        }),
        ...forClass(definition, wanted),
      },
    }
  })
}

/** The services, rules and schedules that a deploy of a definition points at its new revision. */
function ownOf({ updateServices, eventTargets, schedules }: Definition): OwnPointers {
  return {
    services: updateServices.map(({ cluster, service }) => ({ cluster: cluster ?? 'default', service })),
    rules: eventTargets.map(({ Rule, EventBusName = 'default' }) => ({ Rule, EventBusName })),
    schedules: schedules.map(({ Name, GroupName = 'default' }) => ({ Name, GroupName })),
  }
}

/** AWS refuses concurrent registrations of one family, and takes one a second of all: one after another. */
export function registerStage(registered: readonly Registration[]): Stage {
  const steps = registered.flatMap(({ step }) => step ?? [])
  return { title: 'Register', steps, together: false, onFailure: 'undo' }
}

/** The stage in which the one-off tasks run, one after another. */
export function tasksStage(assignments: readonly RevisionAssignment[], world: World): Stage {
  const services = assignments.flatMap(({ definition }) => definition.updateServices)
  const observed = services.flatMap((update) => world.services.get(serviceKey(update)) ?? [])
  const steps = assignments.flatMap(({ definition, revision }): Step[] => {
    const { taskDefinition, runTasks, name } = definition
    const essential = taskDefinition.containerDefinitions
      .filter((one) => one.essential !== false)
      .map((one) => one.name ?? '')
    return runTasks.map((declared, index) => {
      const { run } = inherited(declared, taskDefinition, observed)
      const task = { run, family: taskDefinition.family, revision, essential }
      return { ...runTask(`runTask ${name}/${index}`, task), ...forClass(definition, assignments) }
    })
  })
  return { title: 'Run the one-off tasks', steps, together: false, onFailure: 'undo' }
}

/**
 * The stages in which revisions are deregistered: what will be beyond `activeTaskCount` once the new revisions are there, and,
 * where that is known by now, used by nothing that this does not move. `declared` are the targets and schedules that the run
 * moves: of any other that starts the family a person is told where what uses the revisions is read.
 */
export function pruneStages(
  registered: readonly Registration[],
  world: World,
  clusters: readonly string[],
  { wait, declared }: { readonly wait: boolean; readonly declared?: readonly string[] },
): Stage[] {
  const definitions = registered.map(({ definition }) => definition)
  const reused = registered.flatMap(({ revision, step }) => (step ? [] : [String(revision)]))
  const { uses } = world
  const isKnown = uses !== 'whenDue'
  const later = !isKnown && { ifUnused: true as const, ...(declared && { declared }) }
  const moved = movedBy(definitions, wait)
  const unmoved = isKnown ? (uses ?? []).filter((use) => !moved.has(`${use.kind} ${use.key}`)) : []
  const inUse = new Set([...reused, ...unmoved.map((use) => use.revision)])
  const families = [...new Set(definitions.map((definition) => definition.taskDefinition.family))]
  const steps = (uses ? families : []).flatMap((family) => {
    const ours = registered.filter(({ definition }) => definition.taskDefinition.family === family)
    const added = ours.filter(({ step }) => step).length
    const keep = Math.max(...ours.map(({ definition }) => definition.activeTaskCount)) - added
    const beyond = (world.revisions.get(family) ?? []).slice(Math.max(keep, 0))
    return beyond
      .filter(({ arn }) => !inUse.has(arn))
      .map(({ arn }) => deregisterTaskDefinition(arn, clusters, { families, ...later }))
  })
  return inReadings({ title: 'Prune old revisions', steps, together: true, onFailure: 'warn' })
}

/** So many are deregistered in under five minutes, 18 at once and then 0.9 a second. */
const mostOnOneReading = 250

/** A stage reads once what uses its revisions: of more than so many, the later ones wait for a stage with a reading of its own. */
export function inReadings(stage: Stage): Stage[] {
  const { steps } = stage
  const parts = Math.max(Math.ceil(steps.length / mostOnOneReading), 1)
  return Array.from({ length: parts }, (_, part) => ({
    ...stage,
    steps: steps.slice(part * mostOnOneReading, (part + 1) * mostOnOneReading),
  }))
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
  const schedules = definitions.flatMap((definition) =>
    definition.schedules.map((one) => `schedule ${scheduleKey(one)}`),
  )
  return new Set([
    ...(wait ? services.flatMap((key) => [`service ${key}`, `task ${key}`]) : []),
    ...targets,
    ...schedules,
  ])
}

/** The stage with each deregistration for the classes of its family: none of a class that failed loses a revision. */
export function ofFamilies(stage: Stage, definitions: readonly Definition[]): Stage {
  const steps = stage.steps.map((step) => {
    const family = step.subject.type === 'revision' ? familyOf(step.subject.revision) : ''
    const units = definitions.filter(({ taskDefinition }) => taskDefinition.family === family).map(({ name }) => name)
    return { ...step, units }
  })
  return { ...stage, steps }
}
