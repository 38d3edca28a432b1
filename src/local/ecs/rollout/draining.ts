import type { Context } from '../../world/operation.ts'
import { serviceTasks } from './serviceCounts.ts'
import { scaleIn } from './serviceLaunch.ts'
import { isDraining, tasksOn } from '../containerInstances/tasksOn.ts'
import type { Region, ServiceRecord, TaskRecord } from '../../world/world.ts'

/**
 * Stops what has to leave container instances that are drained and is not replaced: tasks that do not run yet, and those
 * of a daemon once no other service has tasks there.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-instance-draining.html
 */
export function leaveDraining(context: Context, record: ServiceRecord): void {
  const { region } = context
  const draining = serviceTasks(region, record).filter((task) => isDraining(region, task))
  const leaving = draining.filter(
    (task) => task.task.lastStatus !== 'RUNNING' || (isDaemon(record) && !hasReplicas(region, task)),
  )
  scaleIn(context, record, leaving)
}

/** Stops tasks on drained container instances that are more than the `lower` healthy ones: of the service, or of a deployment. */
export function spareDraining(context: Context, record: ServiceRecord, lower: number, deploymentId?: string): void {
  const { region } = context
  const healthy = serviceTasks(region, record)
    .filter(({ task }) => deploymentId === undefined || task.startedBy === deploymentId)
    .filter(({ task }) => record.healthy.includes(task.taskArn))
  const draining = healthy.filter((task) => isDraining(region, task))
  scaleIn(context, record, draining.slice(0, Math.max(0, healthy.length - lower)))
}

/** The service's tasks that it counts on: a daemon's on drained container instances only wait for their end. */
export function countedTasks(region: Region, record: ServiceRecord): TaskRecord[] {
  const tasks = serviceTasks(region, record)
  return isDaemon(record) ? tasks.filter((task) => !isDraining(region, task)) : tasks
}

const isDaemon = ({ service }: ServiceRecord): boolean => service.schedulingStrategy === 'DAEMON'

/** A daemon's task is the last to stop: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html */
const hasReplicas = (region: Region, { task }: TaskRecord): boolean =>
  tasksOn(region, task.containerInstanceArn).some(({ cluster, service }) => {
    const owner = service === undefined ? undefined : region.services[`${cluster}/${service}`]
    return owner?.service.schedulingStrategy === 'REPLICA'
  })
