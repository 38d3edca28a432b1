import { taskArn } from '../../world/arn.ts'
import { AwsFault } from '../../world/fault.ts'
import { findCluster } from '../find.ts'
import { findTask, withTags } from '../tasks/findTask.ts'
import type { Operation } from '../../world/operation.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html */
export const describeTasks: Operation = ({ cluster, tasks, include = [] }, { region }) => {
  const { clusterName } = findCluster(region, cluster).cluster
  if (tasks.length === 0) throw new AwsFault('InvalidParameterException', 'Tasks cannot be empty.')
  if (tasks.length > 100) {
    throw new AwsFault('InvalidParameterException', `At most 100 tasks can be described, not ${tasks.length}.`)
  }
  const found = []
  const failures = []
  for (const idOrArn of tasks) {
    const record = findTask(region, clusterName, idOrArn)
    if (record) found.push(include.includes('TAGS') ? withTags(region, record) : record.task)
    else failures.push({ arn: isArn(idOrArn) ? idOrArn : taskArn(region, clusterName, idOrArn), reason: 'MISSING' })
  }
  return { tasks: found, failures }
}

const isArn = (idOrArn: string): boolean => idOrArn.startsWith('arn:')
