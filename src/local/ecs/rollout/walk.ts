// The way of a blue/green, linear or canary deployment through its lifecycle stages.
import type { ServiceDeploymentLifecycleStage } from '@aws-sdk/client-ecs'
import type { Context } from '../../world/operation.ts'
import { wake } from '../../world/wake.ts'
import type { Rollout, ServiceRecord, Walk } from '../../world/world.ts'
import { lifecycleStages } from '../records.ts'
import type { LifecycleStage } from '../records.ts'
import { change } from '../../world/members.ts'
import type { ShownDeployment, ShownServiceDeployment } from '../shown/records.ts'
import type { Failure } from './failure.ts'
import { scaleIn } from './launch.ts'
import { nextWeight, stageAfter, stageBackAfter, stageTime } from './lifecycle.ts'
import { invokeHooks, lookAtHooks } from './lifecycleHooks.ts'
import { keep, rollTo } from './roll.ts'
import { serviceTasks } from './serviceCounts.ts'

/** A stage that waits for tasks may do so for a day: developerguide/deployment-type-linear.html */
const longest = 24 * 3_600_000

/** What a step of the walk is made with. */
interface Journey {
  readonly context: Context
  readonly record: ServiceRecord
  /** The PRIMARY deployment, which is to serve in the end. */
  readonly deployment: ShownDeployment
  readonly walk: Walk
  readonly serviceDeployment: ShownServiceDeployment
}

/**
 * Takes a deployment that is not a rolling update as far through its lifecycle stages as it can go now, with the tasks
 * that the stage wants. Answers why the deployment fails, if it does here. Without load balancers the traffic weights
 * are but numbers.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/blue-green-deployment-how-it-works.html
 */
export function walkOn(context: Context, record: ServiceRecord, deployment: ShownDeployment): Failure | undefined {
  const { walk } = record.rollouts[deployment.id]!
  const serviceDeployment = walk && context.region.serviceDeployments[walk.serviceDeploymentArn]?.serviceDeployment
  if (!walk || !serviceDeployment) return undefined
  const journey = { context, record, deployment, walk, serviceDeployment }
  if (walk.stage === undefined || isOver(journey, walk.stage)) enter(journey, nextStage(journey))
  const stage = walk.stage!
  const { waitsUntil, failure } = lookAtHooks(context, serviceDeployment, walk.hookIds)
  if (failure) return failure
  if (waitsUntil !== undefined) wake(record, waitsUntil)
  else if (walk.since === undefined) begin(journey, stage)
  scaleFor(stage, context, record, deployment)
  return walk.since === undefined ? undefined : wait(journey, stage, walk.since)
}

/** Whether a deployment has been through all of its stages, where it has any. */
export const hasWalked = ({ walk }: Rollout, now: number): boolean =>
  !walk || (walk.stage === 'CLEAN_UP' && walk.since !== undefined && now >= walk.since + stageTime(walk.stage))

function nextStage({ context, record, deployment, walk, serviceDeployment }: Journey): LifecycleStage {
  const weight = weightOf(serviceDeployment, 'Production')
  if (walk.back) {
    const testWeight = weightOf(serviceDeployment, 'Test')
    return stageBackAfter(walk.stage, { weight, testWeight, isWhole: isWhole(context, record, deployment) })
  }
  const others = serviceTasks(context.region, record).filter(({ task }) => task.startedBy !== deployment.id)
  const reconciles = new Set(others.map(({ task }) => task.startedBy)).size > 1
  return stageAfter(walk.stage, { weight, hasSource: walk.source !== undefined, reconciles })
}

function enter({ context, record, walk, serviceDeployment }: Journey, stage: LifecycleStage): void {
  if (walk.stage === undefined && !walk.back) {
    for (const kind of ['Production', 'Test'] as const) direct(serviceDeployment, kind, 0, sourceArn(walk, record))
  }
  walk.stage = stage
  delete walk.since
  change(serviceDeployment, {
    // The API's enumeration lacks PRE_PRODUCTION_TRAFFIC_SHIFT, its description has it.
    lifecycleStage: stage as ServiceDeploymentLifecycleStage,
    updatedAt: context.now / 1000,
  })
  // On the way back AWS asks functions again; here they would only agree.
  walk.hookIds = walk.back ? [] : invokeHooks(context, serviceDeployment, stage)
}

/** The hooks have let it pass: the stage does what it is there for. */
function begin({ context, record, walk, serviceDeployment }: Journey, stage: LifecycleStage): void {
  walk.since = context.now
  const source = sourceArn(walk, record)
  if (stage === 'TEST_TRAFFIC_SHIFT') direct(serviceDeployment, 'Test', walk.back ? 0 : 100, source)
  if (stage !== 'PRODUCTION_TRAFFIC_SHIFT') return
  const weight = weightOf(serviceDeployment, 'Production')
  const next = nextWeight(serviceDeployment.deploymentConfiguration, weight, walk.source !== undefined)
  direct(serviceDeployment, 'Production', walk.back ? 0 : next, source)
}

function isOver(journey: Journey, stage: LifecycleStage): boolean {
  const { context, record, deployment, walk } = journey
  if (walk.since === undefined || context.now < walk.since + timeOf(journey, stage)) return false
  if (stage === 'SCALE_UP') return isWhole(context, record, deployment)
  return stage === 'RECONCILE_SERVICE' ? isReconciled(context, record, walk) : stage !== 'CLEAN_UP'
}

/** Has the scheduler look again when the stage may be over; answers the failure of one that takes too long. */
function wait(journey: Journey, stage: LifecycleStage, since: number): Failure | undefined {
  const { context, record } = journey
  const over = since + timeOf(journey, stage)
  if (context.now < over) wake(record, over)
  if (stage !== 'RECONCILE_SERVICE' && stage !== 'SCALE_UP') return undefined
  if (context.now >= since + longest) return tookTooLong(stage)
  wake(record, since + longest)
  return undefined
}

const timeOf = ({ walk, serviceDeployment }: Journey, stage: LifecycleStage): number =>
  walk.back
    ? stageTime(stage)
    : stageTime(stage, serviceDeployment.deploymentConfiguration, weightOf(serviceDeployment, 'Production'))

const sourceArn = ({ source }: Walk, { rollouts }: ServiceRecord): string | undefined =>
  source === undefined ? undefined : rollouts[source]?.serviceRevisionArn

/** AWS does not document what it says of this one. */
function tookTooLong(stage: LifecycleStage): Failure {
  const because = `because the ${stage} lifecycle stage took longer than 24 hours.`
  return {
    by: 'ECS deployment lifecycle stage',
    what: `Service deployment rolled back ${because}`,
    because,
    rollback: true,
  }
}

type Kind = 'Production' | 'Test'

/**
 * Directs `percent` of the traffic of a kind to the revision that is being deployed. What is left of the production
 * traffic goes to the revision it is to replace (`source`, its ARN); nothing else gets test traffic.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceRevisionSummary.html
 */
function direct(
  serviceDeployment: ShownServiceDeployment,
  kind: Kind,
  percent: number,
  source: string | undefined,
): void {
  const member = `requested${kind}TrafficWeight` as const
  serviceDeployment.targetServiceRevision[member] = percent
  for (const revision of serviceDeployment.sourceServiceRevisions) {
    // Tenths of a percent again.
    const rest = kind === 'Production' ? Math.round(1000 - percent * 10) / 10 : 0
    revision[member] = revision.arn === source ? rest : 0
  }
}

/** The percentage of the traffic of a kind that goes to the revision that is being deployed. */
const weightOf = ({ targetServiceRevision }: ShownServiceDeployment, kind: Kind): number =>
  targetServiceRevision[`requested${kind}TrafficWeight`] ?? 0

/**
 * Starts and stops what a lifecycle stage wants: both revisions run in full beside each other until CLEAN_UP, whatever
 * the percentages of rolling updates are. RECONCILE_SERVICE first brings the service back to its last completed
 * deployment; AWS does not document to which one.
 */
function scaleFor(stage: LifecycleStage, context: Context, record: ServiceRecord, deployment: ShownDeployment): void {
  const { walk } = record.rollouts[deployment.id]!
  const source = walk && sourceOf(walk, record)
  if (source && stage === 'RECONCILE_SERVICE' && isSound(record, source)) rollTo(context, record, source)
  else if (source && stage !== 'CLEAN_UP') keep(context, record, source)
  const isStarted = lifecycleStages.indexOf(stage) >= lifecycleStages.indexOf('SCALE_UP')
  if (isStarted) keep(context, record, deployment)
  if (stage !== 'CLEAN_UP') return
  const others = serviceTasks(context.region, record).filter(({ task }) => task.startedBy !== deployment.id)
  scaleIn(context, record, others)
}

/** Whether a service runs nothing but the deployment that is to be replaced; one that never worked is not waited for. */
function isReconciled({ region }: Context, record: ServiceRecord, walk: Walk): boolean {
  const source = sourceOf(walk, record)
  if (!source || !isSound(record, source)) return true
  return serviceTasks(region, record).every(({ task }) => task.startedBy === source.id)
}

/** Whether all tasks of a deployment that the service wants are there, and healthy. */
function isWhole({ region }: Context, record: ServiceRecord, deployment: ShownDeployment): boolean {
  const tasks = serviceTasks(region, record).filter(({ task }) => task.startedBy === deployment.id)
  const isHealthy = tasks.every(({ task }) => record.healthy.includes(task.taskArn))
  return isHealthy && tasks.length === record.service.desiredCount
}

/** The deployment that serves while this one is prepared; on the way back there is none. */
const sourceOf = (walk: Walk, { service }: ServiceRecord): ShownDeployment | undefined =>
  walk.back ? undefined : service.deployments.find(({ id }) => id === walk.source)

const isSound = ({ rollouts }: ServiceRecord, { id }: ShownDeployment): boolean => rollouts[id]!.hasCompleted
