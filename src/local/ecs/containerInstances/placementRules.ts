// What ECS refuses in placement constraints and strategies.
import type { PlacementConstraint, PlacementStrategy } from '@aws-sdk/client-ecs'
import type { Wire } from '../../world/operation.ts'
import { checkOneOf, invalid } from '../invalid.ts'
import { clusterQuery } from './clusterQuery.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PlacementConstraint.html; at most 10 of them. */
export function checkPlacementConstraints(
  constraints: readonly Wire<PlacementConstraint>[] = [],
  types = ['distinctInstance', 'memberOf'],
): void {
  if (constraints.length > 10) throw invalid('At most 10 placement constraints can be specified.')
  for (const { type, expression } of constraints) {
    checkOneOf('type', type, types)
    if (type === 'memberOf') clusterQuery(expression ?? '')
    else if (expression !== undefined) throw invalid(`${type} expression should not be specified.`)
  }
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PlacementStrategy.html; at most 5 of them. */
export function checkPlacementStrategy(strategy: readonly Wire<PlacementStrategy>[] = []): void {
  if (strategy.length > 5) throw invalid('Maximum number of strategies is 5.')
  for (const { type, field = '' } of strategy) {
    checkOneOf('type', type, ['random', 'spread', 'binpack'])
    if (type === 'random' && field !== '') throw invalid('random field should not be specified.')
    if (type === 'binpack' && !['cpu', 'memory'].includes(field.toLowerCase())) {
      throw invalid(`binpack field '${field}' is invalid.`)
    }
    if (type === 'spread' && !/^(instanceId|host|attribute:.+)$/.test(field)) {
      throw invalid(`${field} is no field that tasks can be spread by.`)
    }
  }
}
