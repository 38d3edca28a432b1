// How a service starts and stops tasks.
import { nameOf } from '../../world/arn.ts'
import type { Context, Wire } from '../../world/operation.ts'
import { wake } from '../../world/wake.ts'
import type { ServiceRecord, TaskRecord } from '../../world/world.ts'
import { findTaskDefinition } from '../find.ts'
import { cannotPlace } from '../tasks/images.ts'
import { launchTypeOf } from '../tasks/newTask.ts'
import { startTask, stopTask } from '../tasks/task.ts'
import { addEvent, addEventOnce, noCapacity, stopped, unplaced } from './serviceEvents.ts'
import { placeForService } from './servicePlacement.ts'

/** Placing a task is tried again every so often. */
const placementRetry = 15_000

/** Starts tasks of a deployment and answers them; fewer when there is no place for them, which is tried again. */
export function launch(context: Context, record: ServiceRecord, deployment: Wire, count: number): Wire[] {
  const { region } = context
  const { service } = record
  const taskDefinition = findTaskDefinition(region, deployment.taskDefinition)?.taskDefinition
  const launchType = launchTypeOf(placeOf(context, record, deployment))
  if (!taskDefinition || cannotPlace(taskDefinition)) {
    addEventOnce(context, service, launchType === 'FARGATE' ? noCapacity : unplaced)
    wake(record, context.now + placementRetry)
    return []
  }
  const origin = originOf(context, record, deployment)
  const tasks: Wire[] = []
  while (tasks.length < count) {
    const place = placeForService(context, record, taskDefinition, launchType)
    if (!place) break
    tasks.push(startTask(context, { ...origin, taskDefinition, ...place }).task)
  }
  if (tasks.length === 0) return []
  record.tasks = [...record.tasks, ...tasks.map(({ taskArn }) => taskArn)]
  record.steady = false
  return tasks
}

/** Stops tasks that the service has too many of; `because` may know of another reason for one of them. */
export function scaleIn(
  context: Context,
  record: ServiceRecord,
  tasks: readonly TaskRecord[],
  because?: (task: TaskRecord) => string | undefined,
): void {
  if (tasks.length === 0) return
  for (const task of tasks) {
    const scaling = `Scaling activity initiated by (deployment ${task.task.startedBy})`
    retire(context, record, task, because?.(task) ?? scaling)
  }
  addEvent(context, record.service, stopped(tasks.map(({ task }) => task)))
}

/** Stops one task of the service, which from then on no longer counts. */
export function retire(context: Context, record: ServiceRecord, task: TaskRecord, stoppedReason: string): void {
  const { taskArn } = task.task
  stopTask(context, task, { stopCode: 'ServiceSchedulerInitiated', stoppedReason })
  record.tasks = record.tasks.filter((arn) => arn !== taskArn)
  record.healthy = record.healthy.filter((arn) => arn !== taskArn)
  record.stopping = [...record.stopping, taskArn]
  record.steady = false
}

/** Where its service revision wants the tasks of a deployment to run. */
function placeOf({ region }: Context, { rollouts }: ServiceRecord, deployment: Wire) {
  const revision = region.serviceRevisions[rollouts[deployment.id]!.serviceRevisionArn]!
  return {
    launchType: revision.launchType,
    capacityProviderName: revision.capacityProviderStrategy?.[0]?.capacityProvider,
  }
}

function originOf(context: Context, record: ServiceRecord, deployment: Wire) {
  const { region } = context
  const { service, rollouts } = record
  const revision = region.serviceRevisions[rollouts[deployment.id]!.serviceRevisionArn]!
  const { loadBalancers = [], serviceRegistries = [] } = revision
  return {
    cluster: nameOf(service.clusterArn),
    service: String(service.serviceName),
    startedBy: String(deployment.id),
    group: `service:${service.serviceName}`,
    ...placeOf(context, record, deployment),
    platformVersion: revision.platformVersion,
    networkConfiguration: revision.networkConfiguration,
    enableExecuteCommand: service.enableExecuteCommand,
    healthCheckGracePeriodSeconds: service.healthCheckGracePeriodSeconds,
    hasLoadBalancer: loadBalancers.length + serviceRegistries.length > 0,
    loadBalancers,
    serviceRegistries,
    tags: tagsOf(region.tags, service, deployment),
  }
}

function tagsOf(tags: Record<string, Wire[]>, service: Wire, deployment: Wire): Wire[] {
  const from = new Map([
    ['SERVICE', service.serviceArn],
    ['TASK_DEFINITION', deployment.taskDefinition],
  ]).get(service.propagateTags)
  const managed = [
    { key: 'aws:ecs:serviceName', value: service.serviceName },
    { key: 'aws:ecs:clusterName', value: nameOf(service.clusterArn) },
  ]
  return [...(service.enableECSManagedTags ? managed : []), ...((from && tags[from]) || [])]
}
