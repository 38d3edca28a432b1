// What ECS refuses in the capacity provider strategy of a service, and in how many tasks a daemon wants.
import { isDeepStrictEqual } from 'node:util'
import type { CapacityProviderStrategyItem } from '@aws-sdk/client-ecs'
import { nameOf } from '../../world/arn.ts'
import type { Wire } from '../../world/operation.ts'
import type { Region } from '../../world/world.ts'
import { findCapacityProvider } from '../capacityProvider.ts'
import type { UpdateServiceInput } from '../inputs.ts'
import { invalid } from '../invalid.ts'
import type { ShownCluster, ShownService } from '../shown/records.ts'

/** Refuses providers that nobody made, and those that are not associated with the cluster. */
export function checkCapacityProviders(
  region: Region,
  cluster: Pick<ShownCluster, 'capacityProviders'>,
  strategy: readonly Wire<CapacityProviderStrategyItem>[] = [],
): void {
  for (const { capacityProvider } of strategy) {
    const name = nameOf(capacityProvider)
    if (cluster.capacityProviders.includes(name)) continue
    throw invalid(
      findCapacityProvider(region, name)
        ? 'The specified capacity provider strategy cannot contain a capacity provider that is not associated with the ' +
            'cluster. Associate the capacity provider with the cluster and try again.'
        : 'The specified capacity provider was not found. Specify a valid name or ARN and try again.',
    )
  }
}

/** Refuses another strategy, or the end of one, without a new deployment; going back to the launch type is a change too. */
export function checkCapacityChange(
  before: ShownService,
  { capacityProviderStrategy: asked, forceNewDeployment }: UpdateServiceInput,
): void {
  if (asked === undefined || forceNewDeployment === true) return
  if (isDeepStrictEqual(normal(before.capacityProviderStrategy), normal(asked))) return
  throw invalid(
    'When switching from launch type to capacity provider strategy on an existing service, or making a change to a ' +
      'capacity provider strategy on a service that is already using one, you must force a new deployment.',
  )
}

/** The service scheduler alone says how many tasks a daemon has. */
export function checkDaemonCount(
  schedulingStrategy: string,
  { desiredCount }: { desiredCount?: number | undefined },
): void {
  if (schedulingStrategy !== 'DAEMON' || desiredCount === undefined) return
  throw invalid(
    'The daemon scheduling strategy does not support a desired count for services. Remove the desired count value and ' +
      'try again',
  )
}

const normal = (strategy: readonly Wire<CapacityProviderStrategyItem>[] = []) =>
  strategy
    .map(({ capacityProvider, weight = 0, base = 0 }) => ({ capacityProvider: nameOf(capacityProvider), weight, base }))
    .toSorted((one, other) => one.capacityProvider.localeCompare(other.capacityProvider))
