// ListClusters: lists the ARNs of the ACTIVE clusters.
import type { ListClustersRequest, ListClustersResponse } from '@aws-sdk/client-ecs'
import { page } from '../../wire/page.ts'
import type { Operation, Wire } from '../../world/operation.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListClusters.html */
export const listClusters: Operation<ListClustersRequest, ListClustersResponse> = (
  input,
  { region },
): Wire<ListClustersResponse> => {
  const active = Object.values(region.clusters).filter(({ cluster }) => cluster.status === 'ACTIVE')
  const arns = active.map(({ cluster }) => cluster.clusterArn)
  const { items, nextToken } = page(arns, input, { default: 100, max: 100 })
  return { clusterArns: items, nextToken }
}
