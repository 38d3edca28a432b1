// What Cloud Map refuses of services and of instances.
import { isIPv4, isIPv6 } from 'node:net'
import type {
  CreateServiceRequest,
  DnsConfig,
  DnsRecord,
  RegisterInstanceRequest,
  ServiceChange,
} from '@aws-sdk/client-servicediscovery'
import { normalDomainName } from '../route53/domainName.ts'
import { AwsFault } from '../world/fault.ts'
import { cloudMapFault } from './fault.ts'
import type { Wire } from '../world/operation.ts'
import type { CloudMapService, CloudMapServiceRecord, NamespaceRecord, Region } from '../world/world.ts'

const invalid = (message: string): AwsFault => cloudMapFault('InvalidInput', message)

/** The record types that a service may have together: https://docs.aws.amazon.com/cloud-map/latest/api/API_DnsRecord.html */
const combinations = ['A', 'AAAA', 'A AAAA', 'SRV', 'CNAME']

/** Refuses a CreateService input for a namespace as Cloud Map does. */
export function checkNewService(
  region: Region,
  { namespace }: NamespaceRecord,
  input: Wire<CreateServiceRequest>,
): void {
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
  throw cloudMapFault('ServiceAlreadyExists', 'Service already exists.', {
    CreatorRequestId,
    ServiceId,
    ServiceArn,
  })
}

/** Refuses a ServiceChange: which types of records a service has is decided when it is made. */
export function checkServiceChange(
  { service }: CloudMapServiceRecord,
  { DnsConfig, HealthCheckConfig }: Wire<ServiceChange>,
): void {
  if (HealthCheckConfig) throw invalid('HealthCheckConfig is for public DNS and HTTP namespaces only.')
  if (!DnsConfig) return
  const types: string[] = (service.DnsConfig?.DnsRecords ?? []).map(({ Type }) => Type)
  const other = DnsConfig.DnsRecords.find(({ Type }) => !types.includes(Type))
  if (other) throw invalid(`The record types of a service cannot be changed, and ${other.Type} is not one of this one.`)
  for (const record of DnsConfig.DnsRecords) checkTtl(record)
}

/** Names of services that differ only by case are one DNS name. */
const isSame = ({ service }: CloudMapServiceRecord, namespaceId: string, name: string): boolean =>
  service.NamespaceId === namespaceId && service.Name.toLowerCase() === name.toLowerCase()

function checkDnsConfig({ RoutingPolicy = 'MULTIVALUE', DnsRecords }: Wire<DnsConfig>): void {
  const types = DnsRecords.map(({ Type }) => Type).toSorted()
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

function checkTtl({ TTL }: Pick<Wire<DnsRecord>, 'TTL'>): void {
  if (!Number.isInteger(TTL) || TTL < 0 || TTL > 2_147_483_647) throw invalid(`The TTL ${TTL} is out of range.`)
}

type Attributes = Readonly<Record<string, string>>

/** Refuses a RegisterInstance input as Cloud Map does: https://docs.aws.amazon.com/cloud-map/latest/api/API_RegisterInstance.html */
export function checkInstance(
  { service }: CloudMapServiceRecord,
  { InstanceId, Attributes: attributes }: Wire<RegisterInstanceRequest>,
): void {
  if (!/^[0-9a-zA-Z_/:.@-]{1,64}$/.test(InstanceId)) throw invalid('The instance ID is not valid.')
  checkSize(attributes)
  if (attributes['AWS_EC2_INSTANCE_ID'] !== undefined) throw invalid('AWS_EC2_INSTANCE_ID is for HTTP namespaces only.')
  if (attributes['AWS_ALIAS_DNS_NAME'] !== undefined)
    throw invalid('The local AWS makes no alias records for instances.')
  checkHealth(service, attributes)
  const types: string[] = (service.DnsConfig?.DnsRecords ?? []).map(({ Type }) => Type)
  for (const type of types) checkRecord(type, attributes)
}

function checkRecord(type: string, attributes: Attributes): void {
  const { AWS_INSTANCE_IPV4: v4, AWS_INSTANCE_IPV6: v6, AWS_INSTANCE_PORT: port, AWS_INSTANCE_CNAME: name } = attributes
  if (type === 'A' && v4 === undefined) throw missing('AWS_INSTANCE_IPV4', type)
  if (type === 'AAAA' && v6 === undefined) throw missing('AWS_INSTANCE_IPV6', type)
  if (type === 'CNAME' && name === undefined) throw missing('AWS_INSTANCE_CNAME', type)
  if (type === 'SRV' && port === undefined) throw missing('AWS_INSTANCE_PORT', type)
  if (type === 'SRV' && v4 === undefined && v6 === undefined)
    throw missing('AWS_INSTANCE_IPV4 or AWS_INSTANCE_IPV6', type)
  if (v4 !== undefined && !isIPv4(v4)) throw invalid(`AWS_INSTANCE_IPV4 is no IPv4 address: ${v4}`)
  if (v6 !== undefined && !isIPv6(v6)) throw invalid(`AWS_INSTANCE_IPV6 is no IPv6 address: ${v6}`)
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535)) {
    throw invalid(`AWS_INSTANCE_PORT is no port: ${port}`)
  }
  if (name !== undefined && 'problem' in normalDomainName(name)) throw invalid(`AWS_INSTANCE_CNAME is no name: ${name}`)
}

const missing = (attribute: string, type: string): AwsFault =>
  invalid(`The attribute ${attribute} is required, because the service has records of type ${type}.`)

function checkHealth(
  { HealthCheckCustomConfig }: CloudMapService,
  { AWS_INIT_HEALTH_STATUS: status }: Attributes,
): void {
  if (status === undefined) return
  if (!HealthCheckCustomConfig) throw invalid('AWS_INIT_HEALTH_STATUS needs a service with a HealthCheckCustomConfig.')
  if (!['HEALTHY', 'UNHEALTHY'].includes(status)) throw invalid('AWS_INIT_HEALTH_STATUS is HEALTHY or UNHEALTHY.')
}

function checkSize(attributes: Attributes): void {
  const entries = Object.entries(attributes)
  if (entries.filter(([key]) => !key.startsWith('AWS_')).length > 30)
    throw invalid('There are more than 30 attributes.')
  if (entries.some(([key, value]) => key.length > 255 || value.length > 1024))
    throw invalid('An attribute is too long.')
  if (entries.flat().join('').length > 5000) throw invalid('The attributes have more than 5000 characters together.')
}
