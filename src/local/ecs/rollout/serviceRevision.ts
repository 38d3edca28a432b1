// A service revision: a snapshot of the configuration of a service.
import type { CreateServiceRequest } from '@aws-sdk/client-ecs'
import { nameOf, serviceRevisionArn } from '../../world/arn.ts'
import type { Context, Wire } from '../../world/operation.ts'
import type { ServiceRecord } from '../../world/world.ts'
import { change, pick } from '../../world/members.ts'
import type { ShownService, ShownServiceRevision } from '../shown/records.ts'
import { findTaskDefinition } from '../find.ts'
import { digestOf, platformOf } from '../tasks/newTask.ts'
import { copyOf } from '../../world/copy.ts'

/** What a service revision holds and the service itself shows too. */
const ofService = [
  'taskDefinition',
  'launchType',
  'capacityProviderStrategy',
  'platformVersion',
  'platformFamily',
  'networkConfiguration',
  'loadBalancers',
  'serviceRegistries',
] as const

/** What a service revision holds and the service itself does not show; its deployments show most of it. */
export const ofDeployment = [
  'serviceConnectConfiguration',
  'volumeConfigurations',
  'vpcLatticeConfigurations',
  'gatewayConnectors',
  'monitoring',
] as const

/** Of an input, what the service itself does not show. */
export type DeploymentSettings = Pick<Wire<CreateServiceRequest>, (typeof ofDeployment)[number]>

/**
 * Stores the service's configuration as it is now as a new service revision. `settings` holds what the service itself
 * does not show. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceRevision.html
 */
export function addServiceRevision(
  context: Context,
  { service }: ServiceRecord,
  settings: DeploymentSettings,
): ShownServiceRevision {
  const { region, ids, now } = context
  const arn = serviceRevisionArn(region, nameOf(service.clusterArn), service.serviceName, ids.digits(19))
  const definition = findTaskDefinition(region, service.taskDefinition)?.taskDefinition
  const revision = copyOf<ShownServiceRevision>({
    serviceRevisionArn: arn,
    serviceArn: service.serviceArn,
    clusterArn: service.clusterArn,
    ...pick(service, ofService),
    ...(service.platformVersion && { platformVersion: platformOf(service.platformVersion) }),
    ...pick(settings, ofDeployment),
    containerImages: definition?.containerDefinitions.map(({ name, image }) => {
      return { containerName: name, image, imageDigest: digestOf(region, image ?? '') }
    }),
    guardDutyEnabled: false,
    createdAt: now / 1000,
  })
  region.serviceRevisions[arn] = revision
  return revision
}

/**
 * Gives the service back the configuration of one of its revisions. How many tasks it wants is not part of it, and LATEST
 * stays where it stands for the revision's platform version.
 */
export function restoreServiceRevision(service: ShownService, revision: ShownServiceRevision): void {
  const { platformVersion } = service
  for (const member of ofService) delete service[member]
  change(service, copyOf(pick(revision, ofService)))
  if (platformVersion && platformOf(platformVersion) === revision.platformVersion)
    service.platformVersion = platformVersion
}
