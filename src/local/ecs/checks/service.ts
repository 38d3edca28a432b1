// What ECS refuses in the settings of a service that belong together.
// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html
import type { LoadBalancer } from '@aws-sdk/client-ecs'
import type { Wire } from '../../world/operation.ts'
import type { CreateServiceInput } from '../inputs.ts'
import { invalid } from '../invalid.ts'
import type { ShownTaskDefinition } from '../shown/records.ts'
import { isGiven } from './network.ts'

type Scheduled = Pick<CreateServiceInput, 'schedulingStrategy'>

const isDaemon = ({ schedulingStrategy }: Scheduled): boolean => schedulingStrategy === 'DAEMON'

/** What the scheduler decides of a daemon by itself. `input` belongs to a service with this scheduling strategy. */
export function checkDaemon(service: Scheduled, input: Partial<CreateServiceInput>): void {
  if (!isDaemon(service)) return
  if (isGiven(input.placementStrategy)) {
    throw invalid(
      'The daemon scheduling strategy does not support placement strategies. Remove the placement strategy and try again',
    )
  }
  if ((input.deploymentConfiguration?.maximumPercent ?? 0) > 100) {
    throw invalid('The daemon scheduling strategy does not support values above 100 for maximumPercent.')
  }
  if (isGiven(input.capacityProviderStrategy)) {
    throw invalid(
      'Specifying a capacity provider strategy is not supported when you create a service using the DAEMON scheduling strategy.',
    )
  }
  if (input.availabilityZoneRebalancing === 'ENABLED') {
    throw invalid('Availability Zone Rebalancing does not support DAEMON services.')
  }
}

/** The role is for a load balancer that is not registered by the service-linked role. */
export function checkRole(
  { role, loadBalancers = [], serviceRegistries = [] }: CreateServiceInput,
  taskDefinition: ShownTaskDefinition | undefined,
): void {
  if (role === undefined) return
  const isLinked = taskDefinition?.networkMode === 'awsvpc' || loadBalancers.length > 1 || serviceRegistries.length > 0
  if (isLinked) throw invalid('You cannot specify an IAM role for services that require a service linked role.')
  if (loadBalancers.length === 0) {
    throw invalid('IAM roles are only valid for services configured to use load balancers.')
  }
}

/** Only health checks of a load balancer are waited for. */
export function checkGracePeriod(seconds: number | undefined, loadBalancers: readonly Wire<LoadBalancer>[] = []): void {
  if (seconds === undefined || seconds === 0 || loadBalancers.length > 0) return
  throw invalid('Health check grace period is only valid for services configured to use load balancers')
}

/** Other controllers have task sets, which say all this themselves. */
export function checkController({
  deploymentController,
  taskDefinition,
  loadBalancers,
  launchType,
}: CreateServiceInput): void {
  const type = deploymentController?.type ?? 'ECS'
  if (type === 'EXTERNAL' && taskDefinition !== undefined) throw invalid('TaskDefinition must be blank')
  if (type === 'EXTERNAL' && isGiven(loadBalancers)) throw invalid('LoadBalancers must be empty or null')
  if (type === 'EXTERNAL' && launchType !== undefined) throw invalid('LaunchType must be blank')
  if (type === 'CODE_DEPLOY' && !isGiven(loadBalancers)) {
    throw invalid(
      'Deployment controller type CODE_DEPLOY requires the service to use an Application Load Balancer or Network Load Balancer.',
    )
  }
}
