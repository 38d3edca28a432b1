// Updates running services without a class.
import type { DeploymentConfiguration, RegisterTaskDefinitionCommandInput, Service } from '@aws-sdk/client-ecs'
import { type Aws, openAws } from '../aws/aws.ts'
import type { Definition, ServiceUpdate, TaskDefinition } from '../definition/definition.ts'
import { namedContainers } from '../definition/edits/editImages.ts'
import { edited } from '../definition/edits/edited.ts'
import { type EditWords, notesOf, parseEdits } from '../definition/edits/parseEdits.ts'
import { registerable } from '../definition/registerable.ts'
import { type ExecutionContext, type Know, type Result, executePlan, refuse } from '../engine/executePlan.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { clusterOfService, nameOf, serviceKey } from '../ground/names.ts'
import { targetStates } from '../rollout/milestone.ts'
import { type Live, controllerProblem, isDaemon, liveDefinition } from './live.ts'
import { shownPlan } from './definitionCommand.ts'
import { observe } from './observe.ts'
import { idleLive } from './ongoing/idleLive.ts'
import { whenIdle } from './ongoing/whenIdle.ts'
import { deployHandlers } from './stepHandlers.ts'
import { planUpdate } from './planUpdate.ts'
import { readImages } from './readImages.ts'
import { recordedPlan } from './registration/recordedPlan.ts'
import { lockGuard } from './lock/lockGuard.ts'
import { sameTaskDefinition } from '../definition/sameTaskDefinition.ts'
import { readScalableTargets } from './scaling/scalableTargets.ts'
import type { Emit } from '../engine/events.ts'
import type { Plan } from '../engine/plan.ts'
import { type Settings, withDefaults } from '../engine/settings.ts'

/** Which running services to update, and how; omitted members stay as they are. */
export interface UpdateServiceOptions extends EditWords {
  /** Its name or ARN. */
  readonly cluster: string
  /** One service; by default every service of the cluster that runs the family `taskDefinition`. */
  readonly service?: string | undefined
  /** The revision to start from, instead of what the service runs: `web`, `web:12` or an ARN. */
  readonly taskDefinition?: string | undefined
  /** A whole RegisterTaskDefinition input to start from instead. */
  readonly input?: RegisterTaskDefinitionCommandInput | undefined
  /** How many tasks to run in each service. */
  readonly desiredCount?: number | undefined
  /** Percent of the desired count, like `maximumPercent`; merged into the deployment configuration of the service. */
  readonly minimumHealthyPercent?: number | undefined
  readonly maximumPercent?: number | undefined
  /** How many revisions of the family stay ACTIVE; by default all. */
  readonly keep?: number | undefined
  /** Stop one task before the update and restore the desired count after it, where at least this many run. */
  readonly makeRoom?: number | undefined
  /** Suspend auto scaling of the services until the rollout has ended. `false` by default. */
  readonly suspendAutoScaling?: boolean
  /** Start a deployment even without changes. `false` by default. */
  readonly force?: boolean
  /** Skip a service whose image has the same name, even if it may be another image by now. `false` by default. */
  readonly skipUnchanged?: boolean
}

/**
 * Updates running services without a class: reads what they run, edits it, registers a revision if that makes a
 * difference, and rolls it out as a deploy does. Resolves with the result. A refusal is a result, too: impossible edits, a
 * cluster, service or revision that does not exist, a read that AWS refuses.
 */
export async function updateService(options: UpdateServiceOptions, settings: Settings = {}): Promise<Result> {
  const context: Run = { ...withDefaults(settings), handlers: deployHandlers, command: 'update' }
  const about = [options.cluster, options.service ?? options.taskDefinition].filter(Boolean).map(String).join('/')
  let first: Prepared
  try {
    first = await prepared(openAws(context), options, context)
  } catch (error) {
    return refuse({ ...context, about }, error)
  }
  const { definition, warnings } = first
  const of = servicesOf(first)
  const { lock } = context
  const guard = lockGuard(lock === undefined ? [] : [{ lock, of }], `service update ${about}`, context)
  return executePlan({ ...context, definitions: [definition], warnings, guard }, async (aws, emit, over, know) => {
    // Whoever held the lock before may have changed what this update starts from.
    const now = guard && !context.dryRun ? await preparedAgain(aws, { options, context, first, know }) : first
    return planned(aws, now, { options, context, emit, over })
  })
}

type Run = Omit<ExecutionContext, 'definitions'>

/** Which services a run is about, and what they are to run. */
interface Prepared {
  readonly definition: Definition
  readonly warnings: readonly string[]
  /** The revision that is to stay, where the edits change nothing of it. */
  readonly unchanged: string | undefined
  /** The containers whose images may be others by now. */
  readonly containers: TaskDefinition['containerDefinitions']
}

const servicesOf = ({ definition: { updateServices } }: Prepared): { cluster: string; service: string }[] =>
  updateServices.map(({ cluster = 'default', service }) => ({ cluster, service }))

async function prepared(aws: Aws, options: UpdateServiceOptions, context: Run): Promise<Prepared> {
  const { until, wait } = context
  const edits = parseEdits(options)
  const { service, taskDefinition } = options
  const live = await idleLive(aws, { cluster: clusterOf(options), service, taskDefinition }, context)
  if (until === 'draining' && live.services.some(({ loadBalancers = [] }) => loadBalancers.length === 0)) {
    throw new EcsTaskError(
      'BadArguments',
      '--until draining needs a load balancer, and some of these services have none.',
    )
  }
  // Whoever may not see the targets should hear of it before anything has changed.
  if (until === 'draining') await targetStates(aws, live.services)
  if (options.makeRoom !== undefined && !wait) {
    throw new EcsTaskError(
      'BadArguments',
      '--make-room has to wait for the rollout before it restores the desired count.',
      {
        fix: 'Leave out --no-wait or --make-room.',
      },
    )
  }
  if (options.suspendAutoScaling && !wait) {
    throw new EcsTaskError(
      'BadArguments',
      '--suspend-auto-scaling has to wait for the rollout before it resumes auto scaling.',
      { fix: 'Leave out --no-wait or --suspend-auto-scaling.' },
    )
  }
  const start = options.input ?? registerable(live.base.taskDefinition, live.base.tags)
  const { input, notes } = edited(start, edits)
  const isSame = sameTaskDefinition(input, { ...live.base.taskDefinition, tags: live.base.tags })
  const unchanged = isSame && live.base.taskDefinition.status === 'ACTIVE' ? live.base.arn : undefined
  const definition = liveDefinition(live, input as TaskDefinition, settingsOf(options, live), options.keep)
  const { makeRoom } = options
  const warnings = [
    ...context.warnings,
    ...notesOf(options),
    ...notes,
    ...(makeRoom === undefined ? [] : needNoRoom(live)),
  ]
  // Who asks for nothing about images is not answered with a deployment.
  const isRevisionAsked =
    options.input !== undefined || (options.service !== undefined && options.taskDefinition !== undefined)
  const all = input.containerDefinitions ?? []
  const named = namedContainers(all, edits.images)
  return { definition, warnings, unchanged, containers: named.length === 0 && isRevisionAsked ? all : named }
}

/** The same once the lock is held. Throws `InProgressElsewhere` where there are other services by now, whose locks are not. */
async function preparedAgain(
  aws: Aws,
  { options, context, first, know }: { options: UpdateServiceOptions; context: Run; first: Prepared; know: Know },
): Promise<Prepared> {
  const again = await prepared(aws, options, context)
  know([again.definition])
  const [then, now] = [first, again].map((one) => servicesOf(one).map(serviceKey))
  if (now?.every((one) => then?.includes(one))) return again
  throw new EcsTaskError('InProgressElsewhere', 'Other services run the family by now.', { fix: 'Try again.' })
}

async function planned(
  aws: Aws,
  { definition, unchanged, containers }: Prepared,
  { options, context, emit, over }: { options: UpdateServiceOptions; context: Run; emit: Emit; over: AbortSignal },
): Promise<Plan> {
  const { clock, signal, wait, dryRun, approval } = context
  const { force = false, skipUnchanged = false, makeRoom } = options
  const wanted = { uses: dryRun || approval !== undefined, history: 'wayBack' as const, isDeclared: false, signal }
  const tell = (text: string): void => emit({ type: 'warning.raised', text })
  const { world, stops } = await whenIdle(aws, () => observe(aws, [definition], wanted), { ...context, tell })
  const staying = [...world.services.values()].filter(({ taskDefinition }) => taskDefinition === unchanged)
  const images =
    force || containers.length === 0
      ? new Map()
      : await readImages(
          { aws, clock, signal },
          staying.map((service) => ({ service, containers })),
        )
  const suspend = options.suspendAutoScaling
    ? await readScalableTargets(aws, definition.updateServices, signal)
    : undefined
  const made = planUpdate(
    definition,
    { ...world, images },
    { wait, unchanged, skipUnchanged, makeRoom, suspend, stops },
  )
  const plan = recordedPlan(made, context.record)
  return shownPlan(aws, plan, { ...world, images }, { ...context, over })
}

/** The cluster that the ARN of the service names, where none is said. */
function clusterOf({ cluster, service = '' }: UpdateServiceOptions): string {
  const own = clusterOfService(service)
  if (own === undefined || nameOf(cluster) === own) return cluster
  if (cluster === 'default') return own
  throw new EcsTaskError('BadArguments', `The service is in cluster ${own}, not in ${nameOf(cluster)}.`, {
    why: 'Its ARN says so.',
    fix: 'Leave out --cluster, or give the name of the service alone.',
  })
}

/** The settings of each service: percentages are put into the configuration that it has, so that the rest of it stays. */
function settingsOf(
  options: UpdateServiceOptions,
  { services }: Live,
): (service: Service) => Omit<ServiceUpdate, 'service' | 'cluster'> {
  const { desiredCount, minimumHealthyPercent, maximumPercent, force } = options
  const deployedByOthers = services.flatMap((one) => controllerProblem(one) ?? [])
  if (deployedByOthers.length > 0) {
    throw new EcsTaskError('NotFound', 'Some of these services are not deployed by ECS itself.', {
      problems: deployedByOthers,
    })
  }
  const daemons = services.filter(isDaemon).map(({ serviceName = '' }) => serviceName)
  if (desiredCount !== undefined && daemons.length > 0) {
    throw new EcsTaskError('BadArguments', `ECS takes no desired count for a DAEMON: ${daemons.join(', ')}.`, {
      why: 'A DAEMON has one task on each instance.',
      fix: 'Leave out --desired-count.',
    })
  }
  const percents: DeploymentConfiguration = {
    ...(minimumHealthyPercent !== undefined && { minimumHealthyPercent }),
    ...(maximumPercent !== undefined && { maximumPercent }),
  }
  return ({ deploymentConfiguration }) => ({
    ...(desiredCount !== undefined && { desiredCount }),
    ...(Object.keys(percents).length > 0 && { deploymentConfiguration: { ...deploymentConfiguration, ...percents } }),
    ...(force && { forceNewDeployment: true }),
  })
}

/** Says of each DAEMON that it stops a task before it starts the next on the same instance, whatever is asked for. */
function needNoRoom({ services }: Live): string[] {
  return services
    .filter(isDaemon)
    .map(({ serviceName }) => `Service ${serviceName} is a DAEMON, so --make-room is ignored for it.`)
}
