// The tasks of a service, and the counts that follow from them.
import type { Region, ServiceRecord, TaskRecord } from '../../world/world.ts'
import type { ShownService } from '../shown/records.ts'
import { countInto, ongoing } from './serviceDeployment.ts'

/** The service's tasks that are meant to run, oldest first. */
export function serviceTasks(region: Region, record: ServiceRecord): TaskRecord[] {
  return record.tasks.flatMap((arn) => {
    const task = region.tasks[arn]
    return task?.task.desiredStatus === 'RUNNING' ? [task] : []
  })
}

/**
 * Brings every count that a service shows in line with its tasks: of its deployments, its revisions and itself. How many
 * tasks the PRIMARY deployment wants is left to the scheduler: until it has looked, a new one shows 0 and another one the
 * count before, as the examples of UpdateService in the AWS CLI show them.
 */
export function recount(region: Region, record: ServiceRecord): void {
  const { service, rollouts } = record
  const tasks = serviceTasks(region, record)
  for (const deployment of service.deployments) {
    const own = tasks.filter(({ task }) => task.startedBy === deployment.id)
    deployment.runningCount = own.filter(({ task }) => task.lastStatus === 'RUNNING').length
    deployment.pendingCount = own.length - deployment.runningCount
    if (deployment.status !== 'PRIMARY') deployment.desiredCount = own.length
  }
  service.runningCount = tasks.filter(({ task }) => task.lastStatus === 'RUNNING').length
  service.pendingCount = tasks.length - service.runningCount
  service.currentServiceRevisions = service.deployments.map(
    ({ id, desiredCount, runningCount, pendingCount }): ShownService['currentServiceRevisions'][number] => ({
      arn: rollouts[id]!.serviceRevisionArn,
      requestedTaskCount: desiredCount,
      runningTaskCount: runningCount,
      pendingTaskCount: pendingCount,
    }),
  )
  for (const rollout of Object.values(rollouts)) {
    const serviceDeployment = ongoing(region, rollout)
    if (serviceDeployment) countInto(serviceDeployment, service, rollout)
  }
}
