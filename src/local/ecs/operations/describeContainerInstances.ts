// DescribeContainerInstances: describes up to 100 container instances.
import type { DescribeContainerInstancesRequest, DescribeContainerInstancesResponse } from '@aws-sdk/client-ecs'
import type { Operation, Wire } from '../../world/operation.ts'
import { shownContainerInstance } from '../containerInstances/tasksOn.ts'
import { checkContainerInstances, findCluster, findContainerInstances } from '../find.ts'
import { checkOneOf } from '../invalid.ts'

/**
 * Those that never were are failures, not refusals.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeContainerInstances.html
 */
export const describeContainerInstances: Operation<
  DescribeContainerInstancesRequest,
  DescribeContainerInstancesResponse
> = ({ cluster, containerInstances: named, include }, { region }): Wire<DescribeContainerInstancesResponse> => {
  const { clusterName } = findCluster(region, cluster).cluster
  checkContainerInstances(named, 100)
  for (const word of include ?? []) checkOneOf('include', word, ['CONTAINER_INSTANCE_HEALTH', 'TAGS'])
  const { records, failures } = findContainerInstances(region, clusterName, named)
  return { containerInstances: records.map((record) => shownContainerInstance(region, record, include)), failures }
}
