// Updates running services without a class.
import type { DeploymentConfiguration, RegisterTaskDefinitionCommandInput, Service } from '@aws-sdk/client-ecs'
import { type Aws, openAws } from '../aws/aws.ts'
import type { ServiceUpdate, TaskDefinition } from '../definition/definition.ts'
import { namedContainers } from '../definition/edits/editImages.ts'
import { edited } from '../definition/edits/edited.ts'
import { type EditWords, notesOf, parseEdits } from '../definition/edits/parseEdits.ts'
import { registerable } from '../definition/registerable.ts'
import { type ExecutionContext, type Result, executePlan, refuse } from '../engine/executePlan.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { clusterOfService, nameOf } from '../ground/names.ts'
import { targetStates } from '../rollout/milestone.ts'
import { type Live, controllerProblem, isDaemon, liveDefinition, readLive } from './live.ts'
import { shownPlan } from './definitionCommand.ts'
import { observe } from './observe.ts'
import { whenIdle } from './ongoing/whenIdle.ts'
import { readRevision } from './revisions.ts'
import type { World } from './world.ts'
import { deployHandlers } from './stepHandlers.ts'
import { planUpdate } from './planUpdate.ts'
import { readImages } from './readImages.ts'
import { recordedPlan } from './registration/recordedPlan.ts'
import { sameTaskDefinition } from '../definition/sameTaskDefinition.ts'
import { readScalableTargets } from './scaling/scalableTargets.ts'
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
  const start = await prepared(options, context).catch((error: unknown) => () => refuse({ ...context, about }, error))
  return start()
}

type Run = Omit<ExecutionContext, 'definitions'>

/** What starts the run, once it is known which services it is about and what they are to run. */
async function prepared(options: UpdateServiceOptions, context: Run): Promise<() => Promise<Result>> {
  const { until, wait } = context
  const edits = parseEdits(options)
  const aws = openAws(context)
  const live = await idleLive(aws, options, context)
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
  const { force = false, skipUnchanged = false, makeRoom } = options
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
  const containers = named.length === 0 && isRevisionAsked ? all : named
  return () =>
    executePlan({ ...context, definitions: [definition], warnings }, async (planning, emit, over) => {
      const { clock, signal, dryRun, approval } = context
      const uses = dryRun || approval !== undefined
      const wanted = { uses, history: 'wayBack' as const, isDeclared: false, signal }
      const tell = (text: string): void => emit({ type: 'warning.raised', text })
      const observed = (): Promise<World> => observe(planning, [definition], wanted)
      const { world, stops } = await whenIdle(planning, observed, { ...context, tell })
      const staying = [...world.services.values()].filter(({ taskDefinition }) => taskDefinition === unchanged)
      const images =
        force || containers.length === 0
          ? new Map()
          : await readImages(
              { aws: planning, clock, signal },
              staying.map((service) => ({ service, containers })),
            )
      const suspend = options.suspendAutoScaling
        ? await readScalableTargets(planning, definition.updateServices, signal)
        : undefined
      const made = planUpdate(
        definition,
        { ...world, images },
        { wait, unchanged, skipUnchanged, makeRoom, suspend, stops },
      )
      const plan = recordedPlan(made, context.record)
      return shownPlan(planning, plan, { ...world, images }, { ...context, over })
    })
}

/** What the services run, or will run once what is in progress has ended: that is what is edited. */
async function idleLive(aws: Aws, options: UpdateServiceOptions, context: Run): Promise<Live> {
  const { service, taskDefinition } = options
  const { tell = () => {} } = context
  async function read(): Promise<{ live: Live; services: Map<string, Service>; unread: string[] }> {
    const live = await readLive(aws, { cluster: clusterOf(options), service, taskDefinition })
    return { live, services: new Map(live.services.map((one) => [one.serviceName ?? '', one])), unread: [] }
  }
  const { world, stops } = await whenIdle(aws, read, { ...context, tell })
  const { live, services } = world
  if (stops.length === 0) return live
  const [first] = services.values()
  const isStart = taskDefinition === undefined && first?.taskDefinition !== undefined
  return {
    services: [...services.values()],
    base: isStart ? await readRevision(aws, first.taskDefinition ?? '') : live.base,
  }
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
