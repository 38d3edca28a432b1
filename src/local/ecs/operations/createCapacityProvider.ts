// CreateCapacityProvider: creates a capacity provider of an Auto Scaling group. It chooses no instances here.
import type { CreateCapacityProviderRequest, CreateCapacityProviderResponse } from '@aws-sdk/client-ecs'
import type { Operation, Wire } from '../../world/operation.ts'
import { findCapacityProvider, shown } from '../capacityProvider.ts'
import { invalid } from '../invalid.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCapacityProvider.html */
export const createCapacityProvider: Operation<CreateCapacityProviderRequest, CreateCapacityProviderResponse> = (
  { name, autoScalingGroupProvider, tags },
  { region },
): Wire<CreateCapacityProviderResponse> => {
  if (!/^(?!aws|ecs|fargate)[\w-]{1,255}$/i.test(name)) {
    throw invalid(
      'The specified capacity provider name is invalid. Up to 255 characters are allowed, including letters (upper and lowercase), numbers, underscores, and hyphens. The name cannot be prefixed with "aws", "ecs", or "fargate".',
    )
  }
  if (!autoScalingGroupProvider) throw invalid('An Auto Scaling group provider must be specified.')
  if (findCapacityProvider(region, name)) {
    throw invalid(
      'The specified capacity provider already exists. To change the configuration of an existing capacity provider, update the capacity provider.',
    )
  }
  const record = { ...shown(region, name), autoScalingGroupProvider }
  region.capacityProviders[name] = record
  if (tags) region.tags[record.capacityProviderArn] = tags
  return { capacityProvider: record }
}
