// How a service starts, places and stops tasks, and how many a daemon has.
import type { PlacementConstraint, PlacementStrategy, Tag } from '@aws-sdk/client-ecs'
import { nameOf } from '../../world/arn.ts'
import type { Context, Wire } from '../../world/operation.ts'
import { wake } from '../../world/wake.ts'
import type { Region, ServiceRecord, TaskRecord } from '../../world/world.ts'
import { activeInstances, closest, isMember, isPlaced, place } from '../containerInstances/placement.ts'
import { reservationOf } from '../containerInstances/resources.ts'
import { findTaskDefinition } from '../find.ts'
import type {
  ShownContainerInstance,
  ShownDeployment,
  ShownService,
  ShownTask,
  ShownTaskDefinition,
} from '../shown/records.ts'
import { cannotPlace } from '../tasks/images.ts'
import { launchTypeOf } from '../tasks/newTask.ts'
import type { TaskOrigin } from '../tasks/newTask.ts'
import { startTask, stopTask } from '../tasks/task.ts'
import type { TaskStart } from '../tasks/task.ts'
import { addEvent, addEventOnce, noCapacity, silence, stopped, unplaced, unplacedOn } from './serviceEvents.ts'

/** Placing a task is tried again every so often. */
const placementRetry = 15_000

/** Starts tasks of a deployment and answers them; fewer when there is no place for them, which is tried again. */
export function launch(
  context: Context,
  record: ServiceRecord,
  deployment: ShownDeployment,
  count: number,
): ShownTask[] {
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
  const tasks: ShownTask[] = []
  while (tasks.length < count) {
    const placed = placeForService(context, record, taskDefinition, launchType)
    if (!placed) break
    tasks.push(startTask(context, { ...origin, taskDefinition, ...placed }).task)
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
function placeOf(
  { region }: Context,
  { rollouts }: ServiceRecord,
  deployment: ShownDeployment,
): Pick<TaskOrigin, 'launchType' | 'capacityProviderName'> {
  const revision = region.serviceRevisions[rollouts[deployment.id]!.serviceRevisionArn]!
  return {
    launchType: revision.launchType,
    capacityProviderName: revision.capacityProviderStrategy?.[0]?.capacityProvider,
  }
}

function originOf(
  context: Context,
  record: ServiceRecord,
  deployment: ShownDeployment,
): Omit<TaskStart, 'taskDefinition'> {
  const { region } = context
  const { service, rollouts } = record
  const revision = region.serviceRevisions[rollouts[deployment.id]!.serviceRevisionArn]!
  const { loadBalancers = [], serviceRegistries = [] } = revision
  return {
    cluster: nameOf(service.clusterArn),
    service: service.serviceName,
    startedBy: deployment.id,
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

function tagsOf(tags: Record<string, Wire<Tag>[]>, service: ShownService, deployment: ShownDeployment): Wire<Tag>[] {
  const from = new Map<string, string | undefined>([
    ['SERVICE', service.serviceArn],
    ['TASK_DEFINITION', deployment.taskDefinition],
  ]).get(service.propagateTags)
  const managed = [
    { key: 'aws:ecs:serviceName', value: service.serviceName },
    { key: 'aws:ecs:clusterName', value: nameOf(service.clusterArn) },
  ]
  return [...(service.enableECSManagedTags ? managed : []), ...((from && tags[from]) || [])]
}

/** Over the Availability Zones, and there where the fewest of the service are: API_CreateService, placementStrategy. */
const defaultStrategy: Wire<PlacementStrategy>[] = [
  { type: 'spread', field: 'attribute:ecs.availability-zone' },
  { type: 'spread', field: 'instanceId' },
]

/**
 * Where the next task of a service goes: `{}` where tasks are not placed, undefined where there is no room, which the
 * service says and waits for.
 */
function placeForService(
  context: Context,
  record: ServiceRecord,
  taskDefinition: ShownTaskDefinition,
  launchType: string,
): { containerInstance?: ShownContainerInstance } | undefined {
  const { service } = record
  const cluster = nameOf(service.clusterArn)
  if (!isPlaced(context.region, cluster, launchType)) return {}
  const { containerInstance, failures } = place(context, {
    cluster,
    group: `service:${service.serviceName}`,
    reserved: reservationOf(taskDefinition),
    constraints: constraintsOf(service, taskDefinition),
    strategy: service.placementStrategy.length > 0 ? service.placementStrategy : defaultStrategy,
  })
  if (containerInstance) return { containerInstance }
  addEventOnce(context, service, unplacedOn(closest(failures)))
  record.waitsForRoom = true
  wake(record, context.now + silence)
  return undefined
}

/** How many tasks a daemon has: one on each ACTIVE container instance that it may be on. Where there never was one, 1. */
export function daemonCount(region: Region, service: ShownService): number {
  const cluster = nameOf(service.clusterArn)
  if (!isPlaced(region, cluster, 'EC2')) return 1
  const taskDefinition = findTaskDefinition(region, service.taskDefinition)?.taskDefinition
  const constraints = constraintsOf(service, taskDefinition)
  return activeInstances(region, cluster).filter((each) => isMember(region, constraints, each)).length
}

const constraintsOf = (
  service: ShownService,
  taskDefinition: ShownTaskDefinition | undefined,
): Wire<PlacementConstraint>[] => [
  ...service.placementConstraints,
  ...(taskDefinition?.placementConstraints ?? []),
  ...(service.schedulingStrategy === 'DAEMON' ? [{ type: 'distinctInstance' as const }] : []),
]
