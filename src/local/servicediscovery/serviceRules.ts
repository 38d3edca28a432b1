import { normalDomainName } from '../route53/domainName.ts'
import { AwsFault } from '../world/fault.ts'
import type { Wire } from '../world/operation.ts'
import type { CloudMapServiceRecord, NamespaceRecord, Region } from '../world/world.ts'

const invalid = (message: string): AwsFault => new AwsFault('InvalidInput', message)

/** The record types that a service may have together: https://docs.aws.amazon.com/cloud-map/latest/api/API_DnsRecord.html */
const combinations = ['A', 'AAAA', 'A AAAA', 'SRV', 'CNAME']

/** Refuses a CreateService input for a namespace as Cloud Map does. */
export function checkNewService(region: Region, { namespace }: NamespaceRecord, input: Wire): void {
  const { Name, DnsConfig, HealthCheckConfig, HealthCheckCustomConfig, Type } = input
  if (Type !== undefined && Type !== 'HTTP')
    throw invalid(`The only type that a service can be given is HTTP, not ${Type}.`)
  if (Type === 'HTTP' && DnsConfig) throw invalid('A service of type HTTP has no DNS records.')
  if (HealthCheckConfig && HealthCheckCustomConfig) {
    throw invalid('Specify either HealthCheckConfig or HealthCheckCustomConfig, but not both.')
  }
  if (HealthCheckConfig) throw invalid('HealthCheckConfig is for public DNS and HTTP namespaces only.')
  const normal = normalDomainName(`${Name}.${namespace.Name}`)
  if ('problem' in normal) throw invalid(`The name of the service is not valid: ${normal.problem}`)
  if (DnsConfig) checkDnsConfig(DnsConfig)
  const existing = Object.values(region.cloudMapServices).find((each) => isSame(each, namespace.Id, Name))
  if (!existing) return
  const { CreatorRequestId, Id: ServiceId, Arn: ServiceArn } = existing.service
  throw new AwsFault('ServiceAlreadyExists', 'Service already exists.', 400, {
    CreatorRequestId,
    ServiceId,
    ServiceArn,
  })
}

/** Refuses a ServiceChange: which types of records a service has is decided when it is made. */
export function checkServiceChange({ service }: CloudMapServiceRecord, { DnsConfig, HealthCheckConfig }: Wire): void {
  if (HealthCheckConfig) throw invalid('HealthCheckConfig is for public DNS and HTTP namespaces only.')
  if (!DnsConfig) return
  const types: string[] = (service.DnsConfig?.DnsRecords ?? []).map(({ Type }: Wire) => Type)
  const other = DnsConfig.DnsRecords.find(({ Type }: Wire) => !types.includes(Type))
  if (other) throw invalid(`The record types of a service cannot be changed, and ${other.Type} is not one of this one.`)
  for (const record of DnsConfig.DnsRecords) checkTtl(record)
}

/** Names of services that differ only by case are one DNS name. */
const isSame = ({ service }: CloudMapServiceRecord, namespaceId: string, name: string): boolean =>
  service.NamespaceId === namespaceId && service.Name.toLowerCase() === name.toLowerCase()

function checkDnsConfig({ RoutingPolicy = 'MULTIVALUE', DnsRecords }: Wire): void {
  const types: string[] = DnsRecords.map(({ Type }: Wire) => Type).toSorted()
  if (!combinations.includes(types.join(' '))) {
    throw invalid(
      `A service has records of type A, AAAA, A and AAAA, SRV or CNAME, not of ${types.join(' and ') || 'none'}.`,
    )
  }
  if (!['MULTIVALUE', 'WEIGHTED'].includes(RoutingPolicy)) throw invalid(`There is no routing policy ${RoutingPolicy}.`)
  if (types[0] === 'CNAME' && RoutingPolicy !== 'WEIGHTED')
    throw invalid('CNAME records need the routing policy WEIGHTED.')
  for (const record of DnsRecords) checkTtl(record)
}

function checkTtl({ TTL }: Wire): void {
  if (!Number.isInteger(TTL) || TTL < 0 || TTL > 2_147_483_647) throw invalid(`The TTL ${TTL} is out of range.`)
}
