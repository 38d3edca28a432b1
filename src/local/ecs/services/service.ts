// A service of ECS: how it is created and shown.
import type { NetworkConfiguration, Service } from '@aws-sdk/client-ecs'
import { callerArn, clusterArn, serviceArn, serviceRoleArn } from '../../world/arn.ts'
import type { Context, Wire } from '../../world/operation.ts'
import { tagsOf } from '../../world/tags.ts'
import type { Region, ServiceRecord } from '../../world/world.ts'
import type { CreateServiceInput } from '../inputs.ts'
import { pick, present } from '../../world/members.ts'
import type { ShownService } from '../shown/records.ts'
import { beginDeployment } from '../rollout/deployment.ts'
import { daemonCount } from '../rollout/launch.ts'
import { ofDeployment } from '../rollout/serviceRevision.ts'
import { copyOf } from '../../world/copy.ts'

/** A CreateService input that has been checked, with the cluster's name and the full ARN of its task definition. */
export type ServiceSettings = CreateServiceInput & { cluster: string }

/**
 * Makes a service as CreateService does, with AWS's defaults, and begins its first deployment.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html
 */
export function makeService(
  context: Context,
  input: ServiceSettings,
  createdWith?: ServiceRecord['createdWith'],
): ServiceRecord {
  const { region } = context
  const { cluster, serviceName, tags = [] } = input
  const service = newService(context, copyOf(input))
  const record: ServiceRecord = {
    service,
    rollouts: {},
    tasks: [],
    healthy: [],
    stopping: [],
    steady: false,
    ...(createdWith && { createdWith }),
  }
  region.services[`${cluster}/${serviceName}`] = record
  if (tags.length > 0) region.tags[service.serviceArn] = copyOf(tags)
  // Other deployment controllers make task sets, which the local AWS leaves to whoever controls them.
  if (service.deploymentController.type === 'ECS') beginDeployment(context, record, pick(input, ofDeployment))
  return record
}

/** The service as an answer shows it; its tags only where they were asked for. */
export function shownService(
  region: Region,
  { service }: ServiceRecord,
  include: readonly string[] = [],
): Wire<Service> {
  return include.includes('TAGS') ? { ...service, tags: tagsOf(region, service.serviceArn) } : service
}

/** The service as it stands before its first deployment. */
export function newService(context: Context, input: ServiceSettings): ShownService {
  const { region, now } = context
  const isDaemon = input.schedulingStrategy === 'DAEMON'
  const service: ShownService = {
    serviceArn: serviceArn(region, input.cluster, input.serviceName),
    serviceName: input.serviceName,
    clusterArn: clusterArn(region, input.cluster),
    loadBalancers: input.loadBalancers ?? [],
    serviceRegistries: input.serviceRegistries ?? [],
    status: 'ACTIVE',
    // CreateService leaves it out for daemons only, which have their own.
    desiredCount: input.desiredCount ?? 0,
    runningCount: 0,
    pendingCount: 0,
    ...placeOf(input),
    ...(input.taskDefinition && { taskDefinition: input.taskDefinition }),
    deploymentConfiguration: {
      alarms: { alarmNames: [], enable: false, rollback: false },
      deploymentCircuitBreaker: { enable: false, rollback: false },
      maximumPercent: isDaemon ? 100 : 200,
      minimumHealthyPercent: isDaemon ? 0 : 100,
      strategy: 'ROLLING',
      ...present(input.deploymentConfiguration ?? {}),
    },
    deployments: [],
    ...roleOf(region, input),
    events: [],
    createdAt: now / 1000,
    currentServiceRevisions: [],
    placementConstraints: input.placementConstraints ?? [],
    placementStrategy: input.placementStrategy ?? [],
    ...(input.networkConfiguration && { networkConfiguration: shownNetwork(input.networkConfiguration) }),
    healthCheckGracePeriodSeconds: input.healthCheckGracePeriodSeconds ?? 0,
    schedulingStrategy: input.schedulingStrategy ?? 'REPLICA',
    deploymentController: input.deploymentController ?? { type: 'ECS' },
    createdBy: callerArn(region),
    enableECSManagedTags: input.enableECSManagedTags ?? false,
    propagateTags: input.propagateTags ?? 'NONE',
    enableExecuteCommand: input.enableExecuteCommand ?? false,
    availabilityZoneRebalancing: input.availabilityZoneRebalancing ?? 'ENABLED',
  }
  if (isDaemon) service.desiredCount = daemonCount(region, service)
  return service
}

/** The role that ECS has for itself goes with whatever it does in the account's network. */
function roleOf(
  region: Region,
  { role, networkConfiguration, loadBalancers = [], serviceRegistries = [] }: ServiceSettings,
): { roleArn?: string } {
  if (role) return { roleArn: role }
  const isConnected = networkConfiguration || loadBalancers.length + serviceRegistries.length > 0
  return isConnected ? { roleArn: serviceRoleArn(region) } : {}
}

/** A network as ECS shows it: without a word about it, tasks have no public IP. */
export function shownNetwork({
  awsvpcConfiguration,
  ...network
}: Wire<NetworkConfiguration>): Wire<NetworkConfiguration> {
  return {
    ...network,
    ...(awsvpcConfiguration && { awsvpcConfiguration: { assignPublicIp: 'DISABLED', ...awsvpcConfiguration } }),
  }
}

/** Launch type or capacity provider strategy, never both; the platform is Fargate's. */
function placeOf({
  launchType = 'EC2',
  capacityProviderStrategy = [],
  platformVersion = 'LATEST',
}: ServiceSettings): Pick<
  ShownService,
  'launchType' | 'capacityProviderStrategy' | 'platformVersion' | 'platformFamily'
> {
  const [first] = capacityProviderStrategy
  const isFargate = first ? first.capacityProvider.startsWith('FARGATE') : launchType === 'FARGATE'
  return {
    ...(first ? { capacityProviderStrategy } : { launchType }),
    ...(isFargate && { platformVersion, platformFamily: 'Linux' }),
  }
}
