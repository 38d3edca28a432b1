// DescribeTasks: describes up to 100 tasks of a cluster.
import type { DescribeTasksRequest, DescribeTasksResponse } from '@aws-sdk/client-ecs'
import { taskArn } from '../../world/arn.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { findCluster, findTask } from '../find.ts'
import { invalid } from '../invalid.ts'
import { shownTask } from '../tasks/task.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html */
export const describeTasks: Operation<DescribeTasksRequest, DescribeTasksResponse> = (
  { cluster, tasks, include = [] },
  { region },
): Wire<DescribeTasksResponse> => {
  const { clusterName } = findCluster(region, cluster).cluster
  if (tasks.length === 0) throw invalid('Tasks cannot be empty.')
  if (tasks.length > 100) {
    throw invalid(`At most 100 tasks can be described, not ${tasks.length}.`)
  }
  const found = []
  const failures = []
  for (const idOrArn of tasks) {
    const record = findTask(region, clusterName, idOrArn)
    if (record) found.push(shownTask(region, record, include))
    else failures.push({ arn: isArn(idOrArn) ? idOrArn : taskArn(region, clusterName, idOrArn), reason: 'MISSING' })
  }
  return { tasks: found, failures }
}

const isArn = (idOrArn: string): boolean => idOrArn.startsWith('arn:')
