// ListContainerInstances: lists the ARNs of a cluster's container instances, by status and cluster query.
import type { ListContainerInstancesRequest, ListContainerInstancesResponse } from '@aws-sdk/client-ecs'
import { page } from '../../wire/page.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { clusterQuery } from '../containerInstances/clusterQuery.ts'
import { occupied, queried } from '../containerInstances/tasksOn.ts'
import { containerInstancesOf, findCluster } from '../find.ts'
import { checkOneOf } from '../invalid.ts'

const statuses = ['ACTIVE', 'DRAINING', 'REGISTERING', 'DEREGISTERING', 'REGISTRATION_FAILED']

/**
 * Those that are INACTIVE are left out.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListContainerInstances.html
 */
export const listContainerInstances: Operation<ListContainerInstancesRequest, ListContainerInstancesResponse> = (
  input,
  { region },
): Wire<ListContainerInstancesResponse> => {
  const { clusterName } = findCluster(region, input.cluster).cluster
  const { filter, status } = input
  checkOneOf('status', status, statuses)
  const matches = filter ? clusterQuery(filter) : () => true
  const records = containerInstancesOf(region, clusterName).filter(
    ({ containerInstance }) => status === undefined || containerInstance.status === status,
  )
  const found = occupied(region, records).filter((each) => matches(queried(region, each)))
  const { items, nextToken } = page(found, input, { default: 100, max: 100 })
  const containerInstanceArns = items.map(({ record }) => record.containerInstance.containerInstanceArn)
  return { containerInstanceArns, ...(nextToken && { nextToken }) }
}
