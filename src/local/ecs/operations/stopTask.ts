import { AwsFault } from '../../world/fault.ts'
import { findCluster } from '../find.ts'
import { findTask } from '../tasks/findTask.ts'
import type { Operation } from '../../world/operation.ts'
import { stopTask as beginToStop } from '../tasks/task.ts'
import { wake } from '../../world/wake.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopTask.html */
export const stopTask: Operation = ({ cluster, task, reason }, context) => {
  const { region } = context
  const { clusterName } = findCluster(region, cluster).cluster
  const record = findTask(region, clusterName, task)
  if (!record) throw new AwsFault('InvalidParameterException', 'The referenced task was not found.')
  beginToStop(context, record, { stopCode: 'UserInitiated', stoppedReason: reason ?? 'Task stopped by user' })
  const service = record.service === undefined ? undefined : region.services[`${clusterName}/${record.service}`]
  // The scheduler notices at once that the service has a task less.
  if (service) wake(service, context.now)
  return { task: record.task }
}
