/** CreateService's input of a service as it was observed: all of its members that AWS shows. */
import type { Service, ServiceRevision } from '@aws-sdk/client-ecs'
import type { Input } from '../aws/aws.ts'
import { defined } from '../ground/defined.ts'
import { primaryOf } from '../rollout/verdict.ts'

/** What DescribeServices does not show, where it was read. */
type Unshown = Partial<Pick<ServiceRevision, 'gatewayConnectors' | 'monitoring'>>

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html */
export function creationInput(service: Service & Unshown): Input<'createService'> {
  const { serviceName = '', clusterArn: cluster, taskDefinition, schedulingStrategy, roleArn } = service
  const { capacityProviderStrategy = [], launchType, loadBalancers = [], healthCheckGracePeriodSeconds } = service
  // Of a service that has never had any, ECS says that it is as if it were DISABLED.
  const { availabilityZoneRebalancing = 'DISABLED', deploymentConfiguration, deploymentController } = service
  const { enableECSManagedTags, enableExecuteCommand, placementConstraints, placementStrategy } = service
  const { networkConfiguration, platformVersion, propagateTags, serviceRegistries } = service
  const { serviceConnectConfiguration, volumeConfigurations, vpcLatticeConfigurations } = primaryOf(service) ?? {}
  const { gatewayConnectors, monitoring } = service
  const tags = tagsOfPeople(service)
  const isDaemon = schedulingStrategy === 'DAEMON'
  return defined({
    serviceName,
    cluster,
    taskDefinition,
    schedulingStrategy,
    ...(!isDaemon && { desiredCount: service.desiredCount }),
    ...(capacityProviderStrategy.length > 0 ? { capacityProviderStrategy } : { launchType }),
    loadBalancers,
    ...(loadBalancers.length > 0 && { healthCheckGracePeriodSeconds }),
    serviceRegistries,
    // ECS may show it of a daemon, for which it refuses it.
    ...(!(isDaemon && availabilityZoneRebalancing === 'ENABLED') && { availabilityZoneRebalancing }),
    deploymentConfiguration,
    deploymentController,
    networkConfiguration,
    enableECSManagedTags,
    enableExecuteCommand,
    placementConstraints,
    placementStrategy,
    platformVersion,
    propagateTags,
    // The role that ECS has for itself may be said by nobody else.
    ...(!roleArn?.includes(':role/aws-service-role/') && { role: roleArn }),
    serviceConnectConfiguration,
    volumeConfigurations,
    vpcLatticeConfigurations,
    gatewayConnectors,
    monitoring,
    ...(tags.length > 0 && { tags }),
  })
}

/** The tags of a service but for those that only AWS sets. */
export function tagsOfPeople({ tags = [] }: Pick<Service, 'tags'>): NonNullable<Service['tags']> {
  return tags.filter(({ key = '' }) => !/^aws:/i.test(key))
}
