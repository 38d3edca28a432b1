import type { Service } from '@aws-sdk/client-ecs'
import { primaryOf } from '../rollout/verdict.ts'
import type { PlannedInput } from '../engine/step.ts'

/**
 * What makes a service as it is once more, all of CreateService's members that DescribeServices tells.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html
 */
export function createInputOf(service: Service): PlannedInput<'createService'> {
  const { serviceName, clusterArn: cluster, taskDefinition, schedulingStrategy, tags = [] } = service
  const { capacityProviderStrategy = [], launchType, loadBalancers = [], healthCheckGracePeriodSeconds } = service
  const { availabilityZoneRebalancing, deploymentConfiguration, deploymentController, networkConfiguration } = service
  const { enableECSManagedTags, enableExecuteCommand, placementConstraints, placementStrategy } = service
  const { platformVersion, propagateTags, serviceRegistries } = service
  const { serviceConnectConfiguration, volumeConfigurations, vpcLatticeConfigurations } = primaryOf(service) ?? {}
  const input = {
    serviceName,
    cluster,
    taskDefinition,
    schedulingStrategy,
    ...(schedulingStrategy !== 'DAEMON' && { desiredCount: service.desiredCount }),
    ...(capacityProviderStrategy.length > 0 ? { capacityProviderStrategy } : { launchType }),
    loadBalancers,
    ...(loadBalancers.length > 0 && { healthCheckGracePeriodSeconds }),
    serviceRegistries,
    availabilityZoneRebalancing,
    deploymentConfiguration,
    deploymentController,
    networkConfiguration,
    enableECSManagedTags,
    enableExecuteCommand,
    placementConstraints,
    placementStrategy,
    platformVersion,
    propagateTags,
    serviceConnectConfiguration,
    volumeConfigurations,
    vpcLatticeConfigurations,
    ...(tags.length > 0 && { tags }),
  }
  return Object.fromEntries(
    Object.entries(input).filter(([, value]) => value !== undefined),
  ) as PlannedInput<'createService'>
}
