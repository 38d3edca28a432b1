// StopTask: stops a task.
import type { StopTaskRequest, StopTaskResponse } from '@aws-sdk/client-ecs'
import type { Operation, Wire } from '../../world/operation.ts'
import { wake } from '../../world/wake.ts'
import { findCluster, findTask } from '../find.ts'
import { invalid } from '../invalid.ts'
import { stopTask as beginToStop } from '../tasks/task.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopTask.html */
export const stopTask: Operation<StopTaskRequest, StopTaskResponse> = (
  { cluster, task, reason },
  context,
): Wire<StopTaskResponse> => {
  const { region } = context
  const { clusterName } = findCluster(region, cluster).cluster
  const record = findTask(region, clusterName, task)
  if (!record) throw invalid('The referenced task was not found.')
  beginToStop(context, record, { stopCode: 'UserInitiated', stoppedReason: reason ?? 'Task stopped by user' })
  const service = record.service === undefined ? undefined : region.services[`${clusterName}/${record.service}`]
  // The scheduler notices at once that the service has a task less.
  if (service) wake(service, context.now)
  return { task: record.task }
}
