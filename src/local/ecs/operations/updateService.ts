// UpdateService: changes a service, with a new deployment where that takes one.
import type { UpdateServiceRequest, UpdateServiceResponse } from '@aws-sdk/client-ecs'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { schedulerDelay, wake } from '../../world/wake.ts'
import type { Region } from '../../world/world.ts'
import { strategyProblem } from '../checks/capacity.ts'
import { checkPlace } from '../checks/place.ts'
import { checkDaemon, checkGracePeriod } from '../checks/service.ts'
import { checkServiceConnect } from '../checks/serviceConnect.ts'
import { checkLaunchVolumes } from '../checks/serviceVolumes.ts'
import { findCluster, findService, findTaskDefinition } from '../find.ts'
import type { UpdateServiceInput } from '../inputs.ts'
import { invalid } from '../invalid.ts'
import { change } from '../../world/members.ts'
import { beginDeployment } from '../rollout/deployment.ts'
import { recount } from '../rollout/serviceCounts.ts'
import { checkCapacityChange, checkCapacityProviders, checkDaemonCount } from '../services/capacityRules.ts'
import { checkLoadBalancers, checkServiceRegistries } from '../services/registrationRules.ts'
import type { ShownService, ShownTaskDefinition } from '../shown/records.ts'
import { shownService } from '../services/service.ts'
import { checkService, usableTaskDefinition } from '../services/serviceRules.ts'
import { updatedService } from '../services/updatedService.ts'

/**
 * The answer shows the new PRIMARY deployment where there is one.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
 */
export const updateService: Operation<UpdateServiceRequest, UpdateServiceResponse> = (
  input,
  context,
): Wire<UpdateServiceResponse> => {
  const { region } = context
  const { cluster } = findCluster(region, input.cluster)
  const record = findService(region, cluster.clusterName, input.service)
  if (!record) throw new AwsFault('ServiceNotFoundException', 'Service not found.')
  if (record.service.status !== 'ACTIVE') throw new AwsFault('ServiceNotActiveException', 'Service was not ACTIVE.')
  checkController(record.service.deploymentController.type, input)
  checkDaemonCount(record.service.schedulingStrategy, input)
  checkDaemon(record.service, input)
  const problem = strategyProblem(input.capacityProviderStrategy)
  if (problem) throw invalid(problem)
  checkCapacityProviders(region, cluster, input.capacityProviderStrategy)
  checkCapacityChange(record.service, input)

  const asked = input.taskDefinition === undefined ? undefined : usableTaskDefinition(region, input.taskDefinition)
  const update = { ...input, ...(asked && { taskDefinition: asked.taskDefinitionArn }) }
  const { service, settings, deploys } = updatedService(region, record, update)
  const taskDefinition = asked ?? currentTaskDefinition(region, service, deploys)
  checkPlace(placeAsked(service, input))
  checkGracePeriod(input.healthCheckGracePeriodSeconds, service.loadBalancers)
  checkServiceConnect(region, settings.serviceConnectConfiguration, cluster, taskDefinition)
  checkLaunchVolumes(input.volumeConfigurations, taskDefinition)
  checkService(service, taskDefinition)
  const isBalancedAnew = asked !== undefined || input.loadBalancers !== undefined
  if (taskDefinition && isBalancedAnew) checkLoadBalancers(region, service.loadBalancers, taskDefinition)
  const isRegisteredAnew = asked !== undefined || input.serviceRegistries !== undefined
  if (taskDefinition && isRegisteredAnew) checkServiceRegistries(region, service.serviceRegistries, taskDefinition)
  record.steady &&= service.desiredCount === record.service.desiredCount
  for (const member of ['launchType', 'capacityProviderStrategy'] as const) delete record.service[member]
  change(record.service, service)
  if (deploys) beginDeployment(context, record, settings)
  recount(region, record)
  wake(record, context.now + schedulerDelay)
  return { service: shownService(region, record, ['TAGS']) }
}

/** A service may go on with a revision that was deregistered since, but a new deployment needs an ACTIVE one. */
function currentTaskDefinition(
  region: Region,
  { taskDefinition: arn }: ShownService,
  deploys: boolean,
): ShownTaskDefinition | undefined {
  // Other controllers have task sets, which name their own.
  if (arn === undefined) return undefined
  return deploys ? usableTaskDefinition(region, arn) : findTaskDefinition(region, arn)?.taskDefinition
}

/** The place of a service after its update, of which a platform counts only where it is asked for. */
const placeAsked = ({ platformVersion: _, ...service }: ShownService, { platformVersion }: UpdateServiceInput) => ({
  ...service,
  ...(platformVersion !== undefined && { platformVersion }),
})

/** What task sets say themselves, in the order in which it is refused of their service. */
const ofTaskSets = [
  ['taskDefinition', 'task definition'],
  ['networkConfiguration', 'network configuration'],
  ['platformVersion', 'platform version'],
  ['loadBalancers', 'load balancers'],
  ['serviceRegistries', 'service registries'],
  ['serviceConnectConfiguration', 'Service Connect configuration'],
  ['volumeConfigurations', 'volume configurations'],
  ['vpcLatticeConfigurations', 'VPC Lattice configurations'],
  ['gatewayConnectors', 'gateway connectors'],
  ['monitoring', 'monitoring'],
] as const satisfies readonly (readonly [keyof UpdateServiceInput, string])[]

function checkController(controller: string, input: UpdateServiceInput): void {
  const asked = input.deploymentController?.type ?? controller
  if (asked !== controller) throw invalid('The local AWS cannot change the deployment controller of a service.')
  if (controller === 'ECS') return
  const isCodeDeploy = controller === 'CODE_DEPLOY'
  const [what, how] = isCodeDeploy
    ? ['a CODE_DEPLOY deployment controller', 'Please use Code Deploy to trigger a new deployment.']
    : ['an EXTERNAL deployment controller', 'Please use task sets to trigger a new deployment.']
  const refused = ofTaskSets.find(([member]) => input[member] !== undefined)
  if (refused) throw invalid(`Unable to update ${refused[1]} on services with ${what}. ${how}`)
  if (input.forceNewDeployment) {
    const instead = isCodeDeploy ? 'Use AWS CodeDeploy to trigger a new deployment.' : how
    throw invalid(`Cannot force a new deployment on services with ${what}. ${instead}`)
  }
}
