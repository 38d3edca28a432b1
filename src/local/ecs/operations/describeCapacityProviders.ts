// DescribeCapacityProviders: describes capacity providers, by name or ARN, of a cluster, or all.
import type { DescribeCapacityProvidersRequest, DescribeCapacityProvidersResponse } from '@aws-sdk/client-ecs'
import type { Operation, Wire } from '../../world/operation.ts'
import { tagsOf } from '../../world/tags.ts'
import { page } from '../../wire/page.ts'
import { capacityProvidersOf, findCapacityProvider, shown } from '../capacityProvider.ts'
import { findCluster } from '../find.ts'
import { checkOneOf } from '../invalid.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeCapacityProviders.html */
export const describeCapacityProviders: Operation<
  DescribeCapacityProvidersRequest,
  DescribeCapacityProvidersResponse
> = (input, { region }): Wire<DescribeCapacityProvidersResponse> => {
  for (const word of input.include ?? []) checkOneOf('include', word, ['TAGS'])
  const ofCluster =
    input.cluster === undefined ? undefined : findCluster(region, input.cluster).cluster.capacityProviders
  const named = input.capacityProviders ?? ofCluster
  const found = named?.map((each) => findCapacityProvider(region, each) ?? each) ?? capacityProvidersOf(region)
  const { items, nextToken } = page(
    found.filter((each) => typeof each !== 'string'),
    input,
    { default: 100, max: 100 },
  )
  const capacityProviders = items.map((each) => ({
    ...each,
    tags: input.include?.includes('TAGS') ? tagsOf(region, each.capacityProviderArn) : [],
  }))
  const failures = found
    .filter((each) => typeof each === 'string')
    .map((each) => ({
      arn: each.startsWith('arn:') ? each : shown(region, each).capacityProviderArn,
      reason: 'MISSING',
    }))
  return { capacityProviders, failures, nextToken }
}
