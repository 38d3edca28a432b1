// How a deployment completes.
import type { Context } from '../../world/operation.ts'
import { wake } from '../../world/wake.ts'
import type { Rollout, ServiceRecord } from '../../world/world.ts'
import type { ShownDeployment } from '../shown/records.ts'
import { primaryOf, setRolloutState } from './deployment.ts'
import { countedTasks } from './roll.ts'
import { enoughTasks, isBlocking } from './rolloutBounds.ts'
import { recount } from './serviceCounts.ts'
import { changeServiceDeployment, ongoing } from './serviceDeployment.ts'
import { addEvent, completed, steady } from './serviceEvents.ts'
import { hasWalked } from './walk.ts'

/** AWS derives it from the alarms' own periods; this is that of an alarm over one period of five minutes. */
const bakeTimeOfAlarms = 5 * 60_000

/**
 * Completes the PRIMARY deployment once all of its tasks are healthy and those of the others have STOPPED, or what else
 * its strategy asks for, and says that the service is steady.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html
 */
export function finishRollout(context: Context, record: ServiceRecord): void {
  const { service, rollouts } = record
  dropReplaced(context, record)
  const deployment = primaryOf(service)
  const rollout = deployment && rollouts[deployment.id]
  if (!rollout || rollout.state === 'FAILED') return
  if (rollout.state === 'IN_PROGRESS' && isDone(context, record, deployment)) complete(context, record, deployment)
  if (rollout.state === 'IN_PROGRESS' || !isSettled(context, record, deployment)) return
  if (!record.steady) addEvent(context, service, steady)
  record.steady = true
}

function isDone(context: Context, record: ServiceRecord, deployment: ShownDeployment): boolean {
  // What has become PRIMARY at this very moment is in progress first: a rollback that has nothing to do, too.
  if (deployment.updatedAt === context.now / 1000) return false
  if (!isSettled(context, record, deployment) && !isEnough(context, record, deployment)) return false
  const rollout = record.rollouts[deployment.id]!
  // A stopped one has come to its end, however few tasks it still needs.
  if (context.region.serviceDeployments[rollout.serviceDeploymentArn]?.serviceDeployment.status === 'STOPPED')
    return false
  return hasWalked(rollout, context.now) && hasBaked(context, record, rollout)
}

function isSettled(context: Context, record: ServiceRecord, deployment: ShownDeployment): boolean {
  const tasks = countedTasks(context.region, record)
  const isItsOwn = tasks.every(({ task }) => task.startedBy === deployment.id)
  const isComplete =
    tasks.length === record.service.desiredCount && tasks.every(({ task }) => record.healthy.includes(task.taskArn))
  return isItsOwn && isComplete && record.stopping.length === 0
}

/** Whether early success criteria are met. */
function isEnough({ region }: Context, record: ServiceRecord, { id }: ShownDeployment): boolean {
  const { service, rollouts, healthy, tasks, stopping } = record
  const isOwn = (arn: string): boolean => region.tasks[arn]?.task.startedBy === id
  const enough = enoughTasks(service, ongoing(region, rollouts[id]))
  if (enough === undefined || healthy.filter(isOwn).length < enough) return false
  return !isBlocking(service) || [...tasks, ...stopping].every(isOwn)
}

/** Whether the alarms that watch a rolling update have stayed quiet for long enough. */
function hasBaked(context: Context, record: ServiceRecord, rollout: Rollout): boolean {
  if (rollout.walk || ongoing(context.region, rollout)?.alarms.status !== 'MONITORING') return true
  rollout.bakedAt ??= context.now + bakeTimeOfAlarms
  if (context.now < rollout.bakedAt) wake(record, rollout.bakedAt)
  return context.now >= rollout.bakedAt
}

function complete(context: Context, record: ServiceRecord, deployment: ShownDeployment): void {
  const { service, rollouts } = record
  const { id } = deployment
  const own = rollouts[id]!
  setRolloutState(context, deployment, own, { state: 'COMPLETED', reason: `ECS deployment ${id} completed.` })
  delete own.walk
  addEvent(context, service, completed(id))
  // What a service deployment counts stays as it is at its end.
  recount(context.region, record)
  for (const rollout of Object.values(rollouts)) {
    rollout.hasCompleted = rollout === own
    const found = ongoing(context.region, rollout)
    if (!found) continue
    const { deploymentCircuitBreaker: breaker, serviceDeploymentArn, status } = found
    if (breaker?.status === 'MONITORING') breaker.status = 'MONITORING_COMPLETE'
    const isRollback = status === 'ROLLBACK_IN_PROGRESS'
    changeServiceDeployment(context, serviceDeploymentArn, isRollback ? 'ROLLBACK_SUCCESSFUL' : 'SUCCESSFUL')
  }
  dropReplaced(context, record)
}

/** Deployments that were superseded leave with their last task; one that was COMPLETED stays, as the way back. */
function dropReplaced(context: Context, { service, rollouts, tasks, stopping }: ServiceRecord): void {
  const { region } = context
  const inUse = new Set([...tasks, ...stopping].map((arn) => region.tasks[arn]?.task.startedBy))
  service.deployments = service.deployments.filter(({ id, status }) => {
    const rollout = rollouts[id]!
    const stays = status === 'PRIMARY' || inUse.has(id) || rollout.hasCompleted || ongoing(region, rollout)
    if (!stays) delete rollouts[id]
    return stays
  })
}
