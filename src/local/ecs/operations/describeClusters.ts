// DescribeClusters: describes up to 100 clusters, `default` unless named.
import type { Cluster, DescribeClustersRequest, DescribeClustersResponse } from '@aws-sdk/client-ecs'
import { clusterArn, nameOf } from '../../world/arn.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { describedCluster } from '../cluster.ts'
import { checkOneOf, invalid } from '../invalid.ts'

/**
 * Those that never were are failures, not refusals.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeClusters.html
 */
export const describeClusters: Operation<DescribeClustersRequest, DescribeClustersResponse> = (
  input,
  { region },
): Wire<DescribeClustersResponse> => {
  const named = input.clusters?.length ? input.clusters : ['default']
  if (named.length > 100) throw invalid('Clusters cannot have more than 100 entries.')
  for (const word of input.include ?? []) checkOneOf('include', word, includable)
  const clusters: Wire<Cluster>[] = []
  const failures: { arn: string; reason: string }[] = []
  for (const nameOrArn of named) {
    const arn = nameOrArn.startsWith('arn:') ? nameOrArn : clusterArn(region, nameOrArn)
    const found = arn.split(':')[3] === region.name ? region.clusters[nameOf(nameOrArn)] : undefined
    if (found) clusters.push(describedCluster(region, found, input.include))
    else failures.push({ arn, reason: 'MISSING' })
  }
  return { clusters, failures }
}

const includable = ['ATTACHMENTS', 'CONFIGURATIONS', 'SETTINGS', 'STATISTICS', 'TAGS']
