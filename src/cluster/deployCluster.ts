import { openAws } from '../aws/aws.ts'
import { executePlan, type Result } from '../engine/executePlan.ts'
import { bareDefinition } from '../definition/bareDefinition.ts'
import type { Definition } from '../definition/definition.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { type ClusterOptions, planCluster } from './planCluster.ts'
import type { Plan } from '../engine/plan.ts'
import { type Desired, desiredOf } from './desired.ts'
import { type Question, findStack } from './findStack.ts'
import type { Found } from './found.ts'
import { revisionWork } from './revisionWork.ts'
import { type ImagesQuestion, readImages } from '../deploy/readImages.ts'
import { nearest } from '../ground/nearest.ts'
import { type Settings, withDefaults } from '../engine/settings.ts'
import { readStack, type StackFile } from './file/readStack.ts'
import type { Stack } from './stack.ts'
import { clusterHandlers } from './stepHandlers.ts'

/** Which cluster, and what is to be in it. */
export interface DeployClusterOptions extends Partial<Omit<ClusterOptions, 'wait'>> {
  readonly cluster: string
  /** The files of the stack, in the order in which they are merged. */
  readonly files: readonly StackFile[]
  /** What `$NAME` in them stands for. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Only these services and one-off tasks of the stack. */
  readonly only?: readonly string[] | undefined
}

/**
 * Brings a cluster to what the files of a stack say, and answers how the run ended. Throws `BadDefinition` for files that
 * are not right, and `BadArguments` for a name in `only` that is not in them.
 */
export async function deployCluster(options: DeployClusterOptions, settings: Settings = {}): Promise<Result> {
  const { desired, question, warnings } = wantedOf(options)
  const context = withDefaults(settings)
  const { redeploy = false, updateOnly = false, replace = false } = options
  return executePlan(
    {
      ...context,
      handlers: clusterHandlers,
      command: 'cluster deploy',
      about: desired.cluster,
      definitions: definitionsOf(desired),
      warnings: [...context.warnings, ...warnings],
    },
    async (aws) => {
      const { clock, signal, wait } = context
      const found = await findStack(aws, question, signal)
      // Who has everything deployed again need not know.
      const images = redeploy ? found.images : await readImages({ aws, clock, signal }, staying(found, desired))
      return planCluster(desired, { ...found, images }, { redeploy, updateOnly, replace, wait })
    },
  )
}

/** What a deploy would change, with everything that it would replace. Reads only; throws as `deployCluster` does. */
export async function diffCluster(options: DeployClusterOptions, settings: Settings = {}): Promise<Plan> {
  const { desired, question } = wantedOf(options)
  const context = withDefaults(settings)
  const aws = openAws(context)
  const found = await findStack(aws, question)
  const images = await readImages({ aws, clock: context.clock }, staying(found, desired))
  return planCluster(desired, { ...found, images }, { redeploy: false, updateOnly: false, replace: true, wait: true })
}

/** The services whose revision stays, for which the names of the images say nothing. */
function staying(found: Found, { services }: Desired): ImagesQuestion[] {
  return services.flatMap((wanted) => {
    const service = found.services.get(wanted.name)
    const stays = service !== undefined && revisionWork(found, wanted).there?.arn === service.taskDefinition
    return stays ? [{ service, containers: wanted.taskDefinition.containerDefinitions }] : []
  })
}

/** What the files want, and what to look for in AWS. */
function wantedOf({ cluster, files, env, only }: DeployClusterOptions): {
  desired: Desired
  question: Question
  warnings: readonly string[]
} {
  const { stack, warnings } = readStack(files, env)
  const desired = desiredOf(chosen(stack, only), cluster)
  const balancing = desired.services.flatMap(({ balancing: one }) => one ?? [])
  return {
    desired,
    question: {
      cluster,
      names: desired.services.map(({ name }) => name),
      loadBalancers: balancing.flatMap(({ loadBalancer }) => (typeof loadBalancer === 'string' ? loadBalancer : [])),
      records: balancing.flatMap(({ record }) => record ?? []),
      namespace: desired.namespace?.name,
    },
    warnings,
  }
}

function chosen(stack: Stack, only: readonly string[] | undefined): Stack {
  if (!only) return stack
  const names = stack.services.map(({ name }) => name)
  const problems = only
    .filter((name) => !names.includes(name))
    .map((name) => {
      const near = nearest(name, names)
      return `${name}: is not in the stack${near ? `; did you mean ${near}?` : `. It has ${names.join(', ')}.`}`
    })
  if (problems.length > 0) {
    throw new EcsTaskError('BadArguments', 'Not everything in --only is in the stack.', { problems })
  }
  return { ...stack, services: stack.services.filter(({ name }) => only.includes(name)) }
}

/** The stack as definitions: what is secret in them is hidden from everything that is told. */
function definitionsOf({ services }: Desired): Definition[] {
  return services.map(({ name, taskDefinition }) => bareDefinition({ name, taskDefinition }))
}
