/** Deploys the stack of some YAML files to a cluster, or shows what a deploy would change. */
import { openAws } from '../aws/aws.ts'
import { executePlan, type Result } from '../engine/executePlan.ts'
import { bareDefinition } from '../definition/bareDefinition.ts'
import type { Definition } from '../definition/definition.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { planCluster } from './planCluster.ts'
import type { Plan } from '../engine/plan.ts'
import { type Desired, desiredOf } from './desired.ts'
import { driftOf } from './drift.ts'
import { type StackQuery, findStack } from './findStack.ts'
import { type Found, madeFrom } from './found.ts'
import { wholeServices } from './recreation.ts'
import { revisionWork } from './revisionWork.ts'
import { whenIdle } from '../deploy/ongoing/whenIdle.ts'
import { type ImagesQuestion, readImages } from '../deploy/readImages.ts'
import { recordedPlan } from '../deploy/registration/recordedPlan.ts'
import { lockGuard } from '../deploy/lock/lockGuard.ts'
import { named } from '../ground/named.ts'
import { nearest } from '../ground/nearest.ts'
import { type Settings, withDefaults } from '../engine/settings.ts'
import { requireEnv, requireFiles } from './file/requireFiles.ts'
import { readStack, type StackFile } from './file/readStack.ts'
import type { Where } from './file/whereIn.ts'
import type { Stack } from './stack.ts'
import { clusterHandlers } from './stepHandlers.ts'

/** The cluster, and the stack to deploy to it. */
export interface DeployClusterOptions {
  /** Its name. */
  readonly cluster: string
  /** The stack files, merged in this order. */
  readonly files: readonly StackFile[]
  /** The values of `$NAME` and `${NAME}` in the files, for example `process.env`. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Only these services and one-off tasks of the stack. */
  readonly only?: readonly string[] | undefined
  /** Start a deployment of every service, even without changes. `false` by default; `diffCluster` ignores these three. */
  readonly redeploy?: boolean
  /** Skip services that do not exist yet. `false` by default. */
  readonly updateOnly?: boolean
  /** Recreate what AWS cannot change in place, and delete what the stack no longer has. By default, such a deploy is refused. */
  readonly replace?: boolean
}

/**
 * Deploys the stack of YAML files to a cluster, and resolves with the result. Rejects with `BadDefinition` for invalid
 * files, and with `BadArguments` for a name in `only` that they lack, and for options that are none.
 */
export async function deployCluster(options: DeployClusterOptions, settings: Settings = {}): Promise<Result> {
  const { desired, query, warnings } = readDesired(options)
  const context = withDefaults(settings)
  const { redeploy = false, updateOnly = false, replace = false } = options
  const of = desired.services.map(({ name }) => ({ cluster: desired.cluster, service: name }))
  const { lock } = context
  const guard = lockGuard(lock === undefined ? [] : [{ lock, of }], `cluster deploy ${desired.cluster}`, context)
  return executePlan(
    {
      ...context,
      handlers: clusterHandlers,
      command: 'cluster deploy',
      about: desired.cluster,
      guard,
      definitions: definitionsOf(desired),
      warnings: [...context.warnings, ...warnings],
    },
    async (aws, emit) => {
      const { clock, signal, wait } = context
      const run = newRun(clock)
      const tell = (text: string): void => emit({ type: 'warning.raised', text })
      const idle = await whenIdle(aws, () => findStack(aws, { ...query, run }, signal), { ...context, tell })
      const found = await wholeServices(aws, idle.world, desired.services, signal)
      // A redeploy of everything needs no comparison.
      const images = redeploy ? found.images : await readImages({ aws, clock, signal }, staying(found, desired))
      const made = planCluster(
        desired,
        { ...found, images },
        { redeploy, updateOnly, replace, wait, stops: idle.stops },
      )
      const plan = recordedPlan(made, context.record)
      return context.approval ? { ...plan, madeFrom: madeFrom(found), run: found.run } : plan
    },
  )
}

/**
 * Resolves with the plan of a deploy, including everything that it would replace. The steps that write are the differences;
 * the warnings list settings made by hand that the files do not have. Reads only. Rejects as `deployCluster` does, with
 * `NotFound` if the cluster does not exist, and with the SDK's error for a read that AWS refuses.
 */
export async function diffCluster(options: DeployClusterOptions, settings: Settings = {}): Promise<Plan> {
  const { desired, query } = readDesired(options)
  const context = withDefaults(settings)
  const aws = openAws(context)
  const found = await wholeServices(aws, await findStack(aws, query), desired.services)
  const images = await readImages({ aws, clock: context.clock }, staying(found, desired))
  const drift = await driftOf(aws, found, { services: desired.services, whole: options.only === undefined })
  const plan = planCluster(
    desired,
    { ...found, images },
    { redeploy: false, updateOnly: false, replace: true, wait: true },
  )
  return { ...plan, warnings: [...plan.warnings, ...drift] }
}

/** A word that no other run has. */
function newRun({ now, random }: Settings['clock'] & object): string {
  return `${now().toString(36)}-${Math.floor(random() * 36 ** 6).toString(36)}`
}

/** The services whose revision stays, for which the names of the images say nothing. */
function staying(found: Found, { services }: Desired): ImagesQuestion[] {
  return services.flatMap((wanted) => {
    const service = found.services.get(wanted.name)
    const stays = service !== undefined && revisionWork(found, wanted).registered?.arn === service.taskDefinition
    return stays ? [{ service, containers: wanted.taskDefinition.containerDefinitions }] : []
  })
}

/** @internal The stack that the files declare, what to look for in AWS, and where in the files its values stand. */
export function readDesired(options: DeployClusterOptions): {
  desired: Desired
  query: StackQuery
  warnings: readonly string[]
  where: Where
} {
  const { cluster, files, env, only } = named(options, 'cluster')
  requireFiles(files)
  requireEnv(env)
  const { stack, warnings, where } = readStack(files, env)
  const desired = desiredOf(selected(stack, only), cluster)
  const loadBalancing = desired.services.flatMap(({ loadBalancing: one }) => one ?? [])
  return {
    desired,
    query: {
      cluster,
      names: desired.services.map(({ name }) => name),
      loadBalancers: loadBalancing.flatMap(({ loadBalancer }) =>
        typeof loadBalancer === 'string' ? loadBalancer : [],
      ),
      wantedNames: loadBalancing.flatMap(({ loadBalancer }) =>
        typeof loadBalancer === 'string' ? [] : loadBalancer.Name,
      ),
      records: loadBalancing.flatMap(({ record }) => record ?? []),
      namespace: desired.namespace?.name,
      scales: desired.services.some(({ autoScaling }) => autoScaling !== undefined),
      schedules: desired.services.some(({ schedule }) => schedule !== undefined),
    },
    warnings,
    where,
  }
}

function selected(stack: Stack, only: readonly string[] | undefined): Stack {
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

/** The stack as definitions: the engine hides their secrets in events. */
function definitionsOf({ services }: Desired): Definition[] {
  return services.map(({ name, taskDefinition }) => bareDefinition({ name, taskDefinition }))
}
