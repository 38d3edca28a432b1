// Runs a task once, without a class.
import { openAws } from '../aws/aws.ts'
import type { RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs'
import { bareDefinition } from '../definition/bareDefinition.ts'
import type { Definition, TaskDefinition, TaskRun } from '../definition/definition.ts'
import { registerable } from '../definition/registerable.ts'
import { type ExecutionContext, type Result, executePlan, refuse } from '../engine/executePlan.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { readRevision } from './revisions.ts'
import { nameOf } from '../ground/names.ts'
import { nearest } from '../ground/nearest.ts'
import { clustersOf, observe } from './observe.ts'
import { registerStage, registrations, tasksStage } from './revisionStages.ts'
import type { World } from './world.ts'
import type { Plan } from '../engine/plan.ts'
import { wording } from '../engine/summary.ts'
import { deployHandlers } from './stepHandlers.ts'
import { type Settings, withDefaults } from '../engine/settings.ts'

/** A one-off task. Give one of `taskDefinition` and `input`. */
export interface RunOnceOptions {
  /** The input of RunTask, without the task definition: cluster, count, overrides, network. */
  readonly run: TaskRun
  /** A registered one: a family (`web`), a revision (`web:12`) or its ARN. */
  readonly taskDefinition?: string | undefined
  /** A RegisterTaskDefinition input to register first; it wins over `taskDefinition`. */
  readonly input?: RegisterTaskDefinitionCommandInput | undefined
}

/**
 * Runs a task once, to its end, and resolves with the result: failed unless every essential container exits with 0. A
 * refusal is a result, too: a revision or a cluster that does not exist, an override of a container that does not exist, a
 * read that AWS refuses.
 */
export async function runOnce(options: RunOnceOptions, settings: Settings = {}): Promise<Result> {
  const context: Run = { ...withDefaults(settings), handlers: deployHandlers, command: 'run' }
  const about = options.input?.family ?? options.taskDefinition ?? ''
  const start = await prepared(options, context).catch((error: unknown) => () => refuse({ ...context, about }, error))
  return start()
}

type Run = Omit<ExecutionContext, 'definitions'>

/** What starts the run, once its task definition is known. */
async function prepared(options: RunOnceOptions, context: Run): Promise<() => Promise<Result>> {
  const { run, input } = options
  const there = input ? undefined : await readRevision(openAws(context), options.taskDefinition ?? '')
  const taskDefinition = (input ?? registerable(there?.taskDefinition ?? {}, there?.tags ?? [])) as TaskDefinition
  const name = there ? nameOf(there.arn) : taskDefinition.family
  const definition = bareDefinition({ name, taskDefinition, runTasks: [named(run, taskDefinition)] })
  return () =>
    executePlan({ ...context, definitions: [definition] }, async (aws) => {
      const world = await observe(aws, [definition], { isDeclared: false, signal: context.signal })
      return planRun(definition, world, { unchanged: there?.arn })
    })
}

/** Plans one-off tasks alone: registers their task definition, unless `unchanged` names it as an ARN, and runs them to their end. */
function planRun(
  definition: Definition,
  world: World,
  { unchanged }: { readonly unchanged: string | undefined },
): Plan {
  const { name, taskDefinition } = definition
  const wanted = { definition, register: unchanged === undefined ? taskDefinition : undefined, there: unchanged ?? '' }
  const registered = registrations([wanted], clustersOf([definition]), world)
  return {
    ...wording({ command: 'run', what: name }),
    stages: [registerStage(registered), tasksStage(registered, world)],
    warnings: [],
  }
}

/** Overrides, each with the name of its container: one that names none is for the only one there is. */
function named(run: TaskRun, { containerDefinitions }: TaskDefinition): TaskRun {
  const overrides = run.overrides?.containerOverrides ?? []
  const names = containerDefinitions.flatMap(({ name }) => name ?? [])
  if (names.length > 1 && overrides.some(({ name }) => name === undefined)) {
    throw new EcsTaskError('BadArguments', '--command needs a container.', {
      fix: `Pass --container with one of: ${names.join(', ')}.`,
    })
  }
  const unknown = overrides.find(({ name }) => name !== undefined && !names.includes(name))?.name
  if (unknown !== undefined) {
    const meant = nearest(unknown, names)
    throw new EcsTaskError('BadArguments', `There is no container ${unknown}.`, {
      fix: meant === undefined ? `Name one of ${names.join(', ')}.` : `Did you mean ${meant}?`,
    })
  }
  if (overrides.length === 0) return run
  const containerOverrides = overrides.map((one) => ({ ...one, name: one.name ?? names[0] }))
  return { ...run, overrides: { ...run.overrides, containerOverrides } }
}
