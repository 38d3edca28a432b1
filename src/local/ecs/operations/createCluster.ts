// CreateCluster: creates a cluster, `default` unless named; one that exists is returned as it is.
import type { CreateClusterRequest, CreateClusterResponse } from '@aws-sdk/client-ecs'
import type { Operation, Wire } from '../../world/operation.ts'
import { checkCluster } from '../checks/cluster.ts'
import { describedCluster, makeCluster } from '../cluster.ts'
import { invalid } from '../invalid.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCluster.html */
export const createCluster: Operation<CreateClusterRequest, CreateClusterResponse> = (
  input,
  context,
): Wire<CreateClusterResponse> => {
  const { region } = context
  const { clusterName = 'default' } = input
  if (!/^[a-zA-Z0-9_-]{1,255}$/.test(clusterName)) {
    throw invalid('Cluster name must be up to 255 letters, numbers, hyphens, and underscores.')
  }
  checkCluster(region, input)
  const existing = region.clusters[clusterName]
  const cluster = existing?.cluster.status === 'ACTIVE' ? existing : makeCluster(context, input)
  return { cluster: describedCluster(region, cluster, ['SETTINGS', 'TAGS', 'CONFIGURATIONS']) }
}
