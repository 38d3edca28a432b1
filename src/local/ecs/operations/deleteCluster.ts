// DeleteCluster: makes an empty cluster INACTIVE; it can still be described.
import type { DeleteClusterRequest, DeleteClusterResponse } from '@aws-sdk/client-ecs'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { contentsOf, describedCluster } from '../cluster.ts'
import { findCluster } from '../find.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteCluster.html */
export const deleteCluster: Operation<DeleteClusterRequest, DeleteClusterResponse> = (
  { cluster: nameOrArn },
  { region },
): Wire<DeleteClusterResponse> => {
  const found = findCluster(region, nameOrArn)
  const { services, tasks, containerInstances } = contentsOf(region, found.cluster.clusterArn)
  if (services.length > 0) {
    throw new AwsFault('ClusterContainsServicesException', 'The Cluster cannot be deleted while Services are active.')
  }
  if (containerInstances.length > 0) {
    throw new AwsFault(
      'ClusterContainsContainerInstancesException',
      'The Cluster cannot be deleted while Container Instances are active or draining.',
    )
  }
  if (tasks.length > 0) {
    throw new AwsFault('ClusterContainsTasksException', 'The Cluster cannot be deleted while Tasks are active.')
  }
  found.cluster.status = 'INACTIVE'
  return { cluster: describedCluster(region, found) }
}
