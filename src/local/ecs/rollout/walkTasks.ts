import type { Context, Wire } from '../../world/operation.ts'
import { keep, rollTo } from './roll.ts'
import { serviceTasks } from './serviceCounts.ts'
import { scaleIn } from './serviceLaunch.ts'
import type { ServiceRecord, Walk } from '../../world/world.ts'
import { lifecycleStages } from '../records.ts'
import type { LifecycleStage } from '../records.ts'

/**
 * Starts and stops what a lifecycle stage wants: both revisions run in full beside each other until CLEAN_UP, whatever
 * the percentages of rolling updates are. RECONCILE_SERVICE first brings the service back to its last completed
 * deployment; AWS does not document to which one.
 */
export function scaleFor(stage: LifecycleStage, context: Context, record: ServiceRecord, deployment: Wire): void {
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
export function isReconciled({ region }: Context, record: ServiceRecord, walk: Walk): boolean {
  const source = sourceOf(walk, record)
  if (!source || !isSound(record, source)) return true
  return serviceTasks(region, record).every(({ task }) => task.startedBy === source.id)
}

/** Whether all tasks of a deployment that the service wants are there, and healthy. */
export function isWhole({ region }: Context, record: ServiceRecord, deployment: Wire): boolean {
  const tasks = serviceTasks(region, record).filter(({ task }) => task.startedBy === deployment.id)
  const isHealthy = tasks.every(({ task }) => record.healthy.includes(task.taskArn))
  return isHealthy && tasks.length === record.service.desiredCount
}

/** The deployment that serves while this one is prepared; on the way back there is none. */
const sourceOf = (walk: Walk, { service }: ServiceRecord): Wire | undefined =>
  walk.back ? undefined : service.deployments.find(({ id }: Wire) => id === walk.source)

const isSound = ({ rollouts }: ServiceRecord, { id }: Wire): boolean => rollouts[id]!.hasCompleted
