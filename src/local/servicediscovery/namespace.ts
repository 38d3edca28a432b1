// A namespace and the hosted zone that comes with it.
import type { CreatePrivateDnsNamespaceRequest, Namespace } from '@aws-sdk/client-servicediscovery'
import type { VPCRegion } from '@aws-sdk/client-route-53'
import { namespaceArn, nameOf } from '../world/arn.ts'
import { cloudMapFault } from './fault.ts'
import { makeHostedZone } from '../route53/hostedZone.ts'
import type { Context, Wire } from '../world/operation.ts'
import { own } from '../world/own.ts'
import { keptName } from '../route53/recordSet.ts'
import type { CloudMapNamespace, NamespaceRecord, Region } from '../world/world.ts'
import { copyOf } from '../world/copy.ts'

/** Makes a private DNS namespace of a CreatePrivateDnsNamespace input, and its hosted zone. */
export function makeNamespace(context: Context, id: string, request: Wire<CreatePrivateDnsNamespaceRequest>): void {
  const { region, now } = context
  const { Name, Vpc, Description, CreatorRequestId, Properties, Tags = [] } = request
  const arn = namespaceArn(region, id)
  const ttl = Properties?.DnsProperties.SOA.TTL ?? 15
  const { hostedZone } = makeHostedZone(context, {
    name: keptName(Name),
    callerReference: `servicediscovery ${id}`,
    comment: `Created by AWS Cloud Map namespace with ARN ${arn}`,
    // A region has any name here, and in the SDK one of those that it knows.
    vpc: { VPCRegion: region.name as VPCRegion, VPCId: Vpc },
    linkedService: { ServicePrincipal: 'servicediscovery.amazonaws.com', Description: arn },
    soaTtl: ttl,
  })
  const namespace: CloudMapNamespace = {
    Id: id,
    Arn: arn,
    ResourceOwner: region.account,
    Name,
    Type: 'DNS_PRIVATE',
    Description,
    Properties: {
      DnsProperties: { HostedZoneId: nameOf(hostedZone.Id), SOA: { TTL: ttl } },
      HttpProperties: { HttpName: httpName(region, Name, id) },
    },
    CreateDate: now / 1000,
    CreatorRequestId,
  }
  region.namespaces[id] = { namespace, vpc: Vpc }
  if (Tags.length > 0) region.tags[arn] = copyOf(Tags)
}

/** Deletes a namespace and its hosted zone. Refused when a service was made in it meanwhile. */
export function endNamespace({ region, global }: Context, id: string): void {
  checkUnused(region, id)
  const { namespace } = findNamespace(region, id)
  const zone = namespace.Properties.DnsProperties.HostedZoneId
  delete global.hostedZones[zone]
  delete global.tags[zone]
  delete region.namespaces[id]
  delete region.tags[namespace.Arn]
}

/** The namespace of an id or ARN; refused when it is not there. */
export function findNamespace(region: Region, idOrArn: string): NamespaceRecord {
  const found = own(region.namespaces, nameOf(idOrArn))
  if (!found) throw cloudMapFault('NamespaceNotFound', 'No namespace exists with the specified ID.')
  return found
}

/** Refuses to go on while there are services in a namespace. */
export function checkUnused(region: Region, id: string): void {
  if (servicesIn(region, id) === 0) return
  const message = 'Namespace has associated services; delete the services before deleting the namespace'
  throw cloudMapFault('ResourceInUse', message)
}

export function shownNamespace(region: Region, { namespace }: NamespaceRecord) {
  return { ...namespace, ServiceCount: servicesIn(region, namespace.Id) } satisfies Wire<Namespace>
}

const servicesIn = (region: Region, id: string): number =>
  Object.values(region.cloudMapServices).filter(({ service }) => service.NamespaceId === id).length

/** Another namespace of the same name, in another VPC, has it for DiscoverInstances, too. */
function httpName(region: Region, name: string, id: string): string {
  const isTaken = Object.values(region.namespaces).some(({ namespace }) => namespace.Name === name)
  return isTaken ? `${name}-${id.slice(3, 11)}` : name
}
