// A service of Cloud Map: how it is made, found, shown and updated.
import type { CreateServiceRequest, Service, ServiceChange } from '@aws-sdk/client-servicediscovery'
import { cloudMapServiceArn, nameOf } from '../world/arn.ts'
import { putInstanceRecordSets, takeInstanceRecordSets } from './instanceRecordSets.ts'
import { cloudMapFault } from './fault.ts'
import type { Context, Wire } from '../world/operation.ts'
import { own } from '../world/own.ts'
import type { CloudMapService, CloudMapServiceRecord, Region } from '../world/world.ts'
import { copyOf } from '../world/copy.ts'

/** Makes a service of a CreateService input that has been checked. */
export function makeService(
  { region, ids, now }: Context,
  namespaceId: string,
  input: Wire<CreateServiceRequest>,
): CloudMapServiceRecord {
  const { Name, Description, DnsConfig, HealthCheckCustomConfig, CreatorRequestId, Tags = [] } = input
  const id = `srv-${ids.hex(16)}`
  const arn = cloudMapServiceArn(region, id)
  const service: CloudMapService = {
    Id: id,
    Arn: arn,
    ResourceOwner: region.account,
    Name,
    NamespaceId: namespaceId,
    Description,
    ...(DnsConfig && {
      DnsConfig: {
        NamespaceId: namespaceId,
        RoutingPolicy: DnsConfig.RoutingPolicy ?? 'MULTIVALUE',
        DnsRecords: copyOf(DnsConfig.DnsRecords),
      },
    }),
    Type: DnsConfig ? 'DNS_HTTP' : 'HTTP',
    // Whatever was asked for: the threshold cannot be configured any more.
    ...(HealthCheckCustomConfig && { HealthCheckCustomConfig: { FailureThreshold: 1 } }),
    CreateDate: now / 1000,
    CreatorRequestId,
    CreatedByAccount: region.account,
  }
  const record: CloudMapServiceRecord = { service, instances: [], revision: 1 }
  region.cloudMapServices[id] = record
  if (Tags.length > 0) region.tags[arn] = copyOf(Tags)
  return record
}

/** The service of an id or ARN; refused when it is not there. */
export function findService(region: Region, idOrArn: string): CloudMapServiceRecord {
  const found = own(region.cloudMapServices, nameOf(idOrArn))
  if (!found) throw cloudMapFault('ServiceNotFound', 'No service exists with the specified ID.')
  return found
}

export const shownService = ({ service, instances }: CloudMapServiceRecord) =>
  ({ ...service, InstanceCount: instances.length }) satisfies Wire<Service>

/**
 * Makes a ServiceChange of UpdateService, in the records of the instances, too. Records that it leaves out are deleted.
 * https://docs.aws.amazon.com/cloud-map/latest/api/API_UpdateService.html
 */
export function updateService({ region, global }: Context, id: string, change: Wire<ServiceChange>): void {
  const record = findService(region, id)
  const { service, instances } = record
  for (const instance of instances) takeInstanceRecordSets(region, global, service, instance)
  if (change.Description !== undefined) service.Description = change.Description
  if (service.DnsConfig) service.DnsConfig.DnsRecords = copyOf(change.DnsConfig?.DnsRecords ?? [])
  for (const instance of instances) putInstanceRecordSets(region, global, service, instance)
}
