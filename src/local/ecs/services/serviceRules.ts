// What ECS refuses in a service's settings.
import { AwsFault } from '../../world/fault.ts'
import type { Region } from '../../world/world.ts'
import { checkPlacementConstraints, checkPlacementStrategy } from '../containerInstances/placementRules.ts'
import { findTaskDefinition } from '../find.ts'
import { invalid } from '../invalid.ts'
import type { ShownDeploymentConfiguration, ShownService, ShownTaskDefinition } from '../shown/records.ts'
import { launchTypeOf } from '../tasks/newTask.ts'
import { checkStrategy } from './strategyRules.ts'

/** The ACTIVE task definition that a service is to run; refused as AWS refuses one that is not there or deregistered. */
export function usableTaskDefinition(region: Region, identifier: string): ShownTaskDefinition {
  const taskDefinition = findTaskDefinition(region, identifier)?.taskDefinition
  if (!taskDefinition) throw new AwsFault('ClientException', 'TaskDefinition not found.')
  if (taskDefinition.status !== 'ACTIVE') throw new AwsFault('ClientException', 'TaskDefinition is inactive')
  return taskDefinition
}

/** What a service's launch type, network and deployments have to be like, together and with its task definition. */
export function checkService(service: ShownService, taskDefinition: ShownTaskDefinition | undefined): void {
  checkDeploymentConfiguration(service)
  checkPlacementConstraints(service.placementConstraints)
  checkPlacementStrategy(service.placementStrategy)
  if (!taskDefinition) return
  const [provider] = service.capacityProviderStrategy ?? []
  const of = { launchType: service.launchType, capacityProviderName: provider?.capacityProvider }
  if (launchTypeOf(of) === 'FARGATE' && !taskDefinition.compatibilities.includes('FARGATE')) {
    throw invalid('Task definition does not support launch_type FARGATE.')
  }
  const isAwsvpc = taskDefinition.networkMode === 'awsvpc'
  if (isAwsvpc && !service.networkConfiguration) {
    throw invalid("Network Configuration must be provided when networkMode 'awsvpc' is specified.")
  }
  if (!isAwsvpc && service.networkConfiguration) {
    throw invalid('Network Configuration is not valid for the given networkMode of this task definition.')
  }
  if (service.enableExecuteCommand && !taskDefinition.taskRoleArn) {
    throw invalid(
      "The service couldn't be updated because a valid taskRoleArn is not being used. " +
        'Specify a valid task role in your task definition and try again.',
    )
  }
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html */
function checkDeploymentConfiguration({ deploymentConfiguration: configuration, ...service }: ShownService): void {
  const { minimumHealthyPercent: lower, maximumPercent: upper } = configuration
  checkBreaker(configuration, service.deploymentController.type)
  checkStrategy({ ...service, deploymentConfiguration: configuration })
  if (configuration.strategy !== 'ROLLING') return
  if (lower === 100 && upper === 100) {
    throw invalid('Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments')
  }
  if (upper < 100) throw invalid('maximumPercent must be at least 100.')
  if (upper < lower) throw invalid('maximumPercent cannot be lower than minimumHealthyPercent.')
  if (service.schedulingStrategy === 'DAEMON' && upper !== 100) {
    throw invalid('The daemon scheduling strategy requires a maximumPercent of 100.')
  }
}

function checkBreaker(
  { deploymentCircuitBreaker: breaker, alarms }: ShownDeploymentConfiguration,
  controller: string,
): void {
  const only = 'is only supported with ECS deployment controller. Update to ECS deployment controller and try again.'
  if (breaker.enable && controller !== 'ECS') throw invalid(`Deployment circuit breaker feature ${only}`)
  if (alarms.enable && controller !== 'ECS') throw invalid(`Alarm based rollback feature ${only}`)
  const { type, value } = breaker.thresholdConfiguration ?? { type: 'COUNT', value: 1 }
  if (!['COUNT', 'BOUNDED_PERCENT', 'UNBOUNDED_PERCENT'].includes(type) || !Number.isInteger(value) || value < 1) {
    throw invalid('The threshold of the deployment circuit breaker needs a type and a whole number above 0.')
  }
}
