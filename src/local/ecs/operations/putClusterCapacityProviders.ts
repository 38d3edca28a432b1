// PutClusterCapacityProviders: says which capacity providers a cluster has, and its default strategy; both are replaced whole.
import type { PutClusterCapacityProvidersRequest, PutClusterCapacityProvidersResponse } from '@aws-sdk/client-ecs'
import { nameOf } from '../../world/arn.ts'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { findCapacityProvider } from '../capacityProvider.ts'
import { contentsOf, describedCluster } from '../cluster.ts'
import { findCluster } from '../find.ts'
import { invalid } from '../invalid.ts'
import { change } from '../../world/members.ts'
import { checkCapacityProviders } from '../services/capacityRules.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PutClusterCapacityProviders.html */
export const putClusterCapacityProviders: Operation<
  PutClusterCapacityProvidersRequest,
  PutClusterCapacityProvidersResponse
> = (input, { region }): Wire<PutClusterCapacityProvidersResponse> => {
  const record = findCluster(region, input.cluster)
  const { cluster } = record
  const names = input.capacityProviders.map(nameOf)
  if (names.some((name) => !findCapacityProvider(region, name))) {
    throw invalid('The specified capacity provider was not found. Specify a valid name or ARN and try again.')
  }
  checkCapacityProviders(region, { capacityProviders: names }, input.defaultCapacityProviderStrategy)
  const inUse = contentsOf(region, cluster.clusterArn).services.flatMap(({ capacityProviderStrategy = [] }) =>
    capacityProviderStrategy.map((each) => nameOf(each.capacityProvider)),
  )
  const removed = cluster.capacityProviders.filter((name) => !names.includes(name))
  if (removed.some((name) => inUse.includes(name))) {
    throw new AwsFault('ResourceInUseException', 'The specified capacity provider is in use and cannot be removed.')
  }
  change(cluster, {
    capacityProviders: names,
    defaultCapacityProviderStrategy: input.defaultCapacityProviderStrategy,
  })
  return { cluster: describedCluster(region, record, ['SETTINGS', 'TAGS']) }
}
