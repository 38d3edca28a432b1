// What ECS refuses in the settings of a cluster.
// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCluster.html
import type { CreateClusterRequest } from '@aws-sdk/client-ecs'
import { nameOf } from '../../world/arn.ts'
import type { Wire } from '../../world/operation.ts'
import type { Region } from '../../world/world.ts'
import { invalid } from '../invalid.ts'
import { strategyProblem } from './capacity.ts'
import { firstProblem } from './problem.ts'
import { checkNamespace } from './serviceConnect.ts'
import { checkTags } from './tags.ts'

/** Refuses a CreateCluster input whose settings contradict each other. */
export function checkCluster(region: Region, input: Wire<CreateClusterRequest>): void {
  checkTags(input.tags)
  const problem = firstProblem(rules, input)
  if (problem) throw invalid(problem)
  if (input.serviceConnectDefaults) checkNamespace(region, input.serviceConnectDefaults.namespace)
}

const rules: readonly ((input: Wire<CreateClusterRequest>) => string | undefined)[] = [
  ({ defaultCapacityProviderStrategy: strategy }) => strategyProblem(strategy),
  ({ defaultCapacityProviderStrategy: strategy = [], capacityProviders = [] }) => {
    const names = capacityProviders.map(nameOf)
    return strategy.every(({ capacityProvider }) => names.includes(nameOf(capacityProvider)))
      ? undefined
      : 'The specified capacity provider strategy cannot contain a capacity provider that is not associated with the ' +
          'cluster. Associate the capacity provider with the cluster and try again.'
  },
  ({ capacityProviders = [] }) =>
    capacityProviders.every((name) => isProvider(nameOf(name)))
      ? undefined
      : 'The specified capacity provider name is invalid. Up to 255 characters are allowed, including letters (upper and ' +
        'lowercase), numbers, underscores, and hyphens. The name cannot be prefixed with "aws", "ecs", or "fargate".',
  ({ configuration: { executeCommandConfiguration: exec } = {} }) =>
    exec?.logging === 'OVERRIDE' && !exec.logConfiguration
      ? 'A CloudWatch log group name or S3 bucket name must be specified when overriding the default log configuration.'
      : undefined,
  ({ configuration: { executeCommandConfiguration: exec } = {} }) =>
    exec?.logConfiguration && exec.logging !== 'OVERRIDE'
      ? "You must set logging to 'OVERRIDE' when you supply a log configuration."
      : undefined,
]

const isProvider = (name: string): boolean =>
  name === 'FARGATE' || name === 'FARGATE_SPOT' || (/^[\w-]{1,255}$/.test(name) && !/^(aws|ecs|fargate)/i.test(name))
