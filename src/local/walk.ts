import type { Failure } from './failure.ts'
import { lifecycleStages, nextWeight, stageAfter, stageBackAfter, stageTime } from './lifecycle.ts'
import type { LifecycleStage } from './lifecycle.ts'
import { invokeHooks, lookAtHooks } from './lifecycleHooks.ts'
import type { Context, Wire } from './operation.ts'
import { keep, rollTo } from './roll.ts'
import { serviceTasks, wake } from './serviceCounts.ts'
import { ongoing } from './serviceDeployment.ts'
import { scaleIn } from './serviceLaunch.ts'
import { direct, weightOf } from './traffic.ts'
import type { Rollout, ServiceRecord, TaskRecord, Walk } from './world.ts'

/** A stage that waits for tasks may do so for a day: developerguide/deployment-type-linear.html */
const longest = 24 * 3_600_000

/** What a step of the walk is made with. */
interface Journey {
  readonly context: Context
  readonly record: ServiceRecord
  /** The PRIMARY deployment, which is to serve in the end. */
  readonly deployment: Wire
  readonly walk: Walk
  readonly serviceDeployment: Wire
}

/**
 * Takes a deployment that is not a rolling update as far through its lifecycle stages as it can go now, and keeps the
 * tasks that the stage wants. Answers why the deployment fails, if it does here. Without load balancers the traffic
 * weights are but numbers.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/blue-green-deployment-how-it-works.html
 */
export function walkOn(context: Context, record: ServiceRecord, deployment: Wire): Failure | undefined {
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
  scale(journey, stage)
  return walk.since === undefined ? undefined : wait(journey, stage, walk.since)
}

/** Whether a deployment has been through all of its stages, where it has any. */
export const hasWalked = ({ walk }: Rollout, now: number): boolean =>
  !walk || (walk.stage === 'CLEAN_UP' && walk.since !== undefined && now >= walk.since + stageTime('CLEAN_UP', {}, 100))

function nextStage({ context, record, deployment, walk, serviceDeployment }: Journey): LifecycleStage {
  const weight = weightOf(serviceDeployment, 'Production')
  if (walk.back) {
    const testWeight = weightOf(serviceDeployment, 'Test')
    return stageBackAfter(walk.stage, { weight, testWeight, isWhole: isWhole(record, ownTasks(context, record, deployment)) })
  }
  const others = serviceTasks(context.region, record).filter(({ task }) => task.startedBy !== deployment.id)
  const reconciles = new Set(others.map(({ task }) => task.startedBy)).size > 1
  return stageAfter(walk.stage, { weight, hasSource: walk.source !== undefined, reconciles })
}

function enter({ context, walk, serviceDeployment, ...journey }: Journey, stage: LifecycleStage): void {
  if (walk.stage === undefined && !walk.back) {
    for (const kind of ['Production', 'Test'] as const) direct(serviceDeployment, kind, 0, sourceArn(walk, journey.record))
  }
  walk.stage = stage
  delete walk.since
  Object.assign(serviceDeployment, { lifecycleStage: stage, updatedAt: context.now / 1000 })
  // On the way back functions are asked again in AWS; here they would only agree.
  walk.hookIds = walk.back ? [] : invokeHooks(context, serviceDeployment, stage)
}

/** The hooks have let it pass: the stage does what it is there for. */
function begin({ context, record, walk, serviceDeployment }: Journey, stage: LifecycleStage): void {
  walk.since = context.now
  const source = sourceArn(walk, record)
  if (stage === 'TEST_TRAFFIC_SHIFT') direct(serviceDeployment, 'Test', walk.back ? 0 : 100, source)
  if (stage === 'PRODUCTION_TRAFFIC_SHIFT') {
    const { deploymentConfiguration } = serviceDeployment
    const next = nextWeight(deploymentConfiguration, weightOf(serviceDeployment, 'Production'), source !== undefined)
    direct(serviceDeployment, 'Production', walk.back ? 0 : next, source)
  }
}

/** Both sets of tasks run in full beside each other until CLEAN_UP, whatever the percentages of rolling updates are. */
function scale({ context, record, deployment, walk }: Journey, stage: LifecycleStage): void {
  const source = record.service.deployments.find(({ id }: Wire) => id === walk.source)
  if (source && !walk.back && stage !== 'CLEAN_UP') {
    const isReconciled = stage === 'RECONCILE_SERVICE' && record.rollouts[source.id]!.hasCompleted
    if (isReconciled) rollTo(context, record, source)
    keep(context, record, source, !isReconciled)
  }
  if (walk.back || isFrom('SCALE_UP', stage)) keep(context, record, deployment, true)
  if (stage !== 'CLEAN_UP') return
  const others = serviceTasks(context.region, record).filter(({ task }) => task.startedBy !== deployment.id)
  scaleIn(context, record, others)
}

/** Has the scheduler look again when the stage may be over; answers the failure of one that takes too long. */
function wait({ context, record, serviceDeployment }: Journey, stage: LifecycleStage, since: number): Failure | undefined {
  const { now } = context
  const over = since + timeOf(serviceDeployment, stage)
  if (now < over) wake(record, over)
  if (stage !== 'RECONCILE_SERVICE' && stage !== 'SCALE_UP') return undefined
  if (now < since + longest) wake(record, since + longest)
  else return tookTooLong(stage)
  return undefined
}

function isOver({ context, record, deployment, walk, serviceDeployment }: Journey, stage: LifecycleStage): boolean {
  if (stage === 'CLEAN_UP' || walk.since === undefined) return false
  if (context.now < walk.since + timeOf(serviceDeployment, stage)) return false
  if (stage === 'SCALE_UP') return isWhole(record, ownTasks(context, record, deployment))
  const source = record.rollouts[walk.source ?? '']
  if (stage !== 'RECONCILE_SERVICE' || !source?.hasCompleted) return true
  return serviceTasks(context.region, record).every(({ task }) => task.startedBy === walk.source)
}

const timeOf = (serviceDeployment: Wire, stage: LifecycleStage): number =>
  stageTime(stage, serviceDeployment.deploymentConfiguration, weightOf(serviceDeployment, 'Production'))

const isFrom = (first: LifecycleStage, stage: LifecycleStage): boolean =>
  lifecycleStages.indexOf(stage) >= lifecycleStages.indexOf(first)

const ownTasks = ({ region }: Context, record: ServiceRecord, { id }: Wire): TaskRecord[] =>
  serviceTasks(region, record).filter(({ task }) => task.startedBy === id)

const isWhole = ({ service, healthy }: ServiceRecord, tasks: TaskRecord[]): boolean =>
  tasks.length === service.desiredCount && tasks.every(({ task }) => healthy.includes(task.taskArn))

/** The service revision that has the traffic before. On the way back it is the one that is PRIMARY again. */
const sourceArn = ({ source }: Walk, { rollouts }: ServiceRecord): string | undefined =>
  source === undefined ? undefined : rollouts[source]?.serviceRevisionArn

/** AWS does not document what it says of this one. */
const tookTooLong = (stage: LifecycleStage): Failure => ({
  by: 'ECS deployment lifecycle stage',
  what: `Service deployment rolled back because the ${stage} lifecycle stage took longer than 24 hours.`,
  because: `because the ${stage} lifecycle stage took longer than 24 hours.`,
  rollback: true,
})
