// What ECS refuses in a capacity provider strategy by itself, and in how a service uses one.
// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html
import type { CapacityProviderStrategyItem } from '@aws-sdk/client-ecs'
import { nameOf } from '../../world/arn.ts'
import type { Wire } from '../../world/operation.ts'
import { repeated } from './problem.ts'

type Item = Wire<CapacityProviderStrategyItem>

/** What is wrong with a strategy, whatever cluster it is for. */
export function strategyProblem(strategy: readonly Item[] = []): string | undefined {
  if (strategy.length === 0) return undefined
  const names = strategy.map(({ capacityProvider }) => nameOf(capacityProvider))
  if (repeated(names) !== undefined) {
    return 'The specified capacity provider strategy contains duplicate capacity providers. Remove the duplicates and try again.'
  }
  if (strategy.filter(({ base = 0 }) => base > 0).length > 1) {
    return 'There are multiple capacity providers in the specified capacity provider strategy with a base value defined.'
  }
  // One provider alone needs no weight, but may not have none.
  const isWithout = ({ weight }: Item): boolean => weight === 0 || (weight === undefined && strategy.length > 1)
  if (strategy.every(isWithout)) {
    return 'There are no capacity providers in the capacity provider strategy with a weight value greater than zero.'
  }
  const onFargate = names.filter((name) => name === 'FARGATE' || name === 'FARGATE_SPOT').length
  return onFargate > 0 && onFargate < names.length
    ? 'The specified capacity provider strategy cannot contain both Fargate and Auto Scaling group capacity providers.'
    : undefined
}
