import { isIPv4, isIPv6 } from 'node:net'
import { normalDomainName } from '../route53/domainName.ts'
import { AwsFault } from '../world/fault.ts'
import type { Wire } from '../world/operation.ts'
import type { CloudMapServiceRecord } from '../world/world.ts'

const invalid = (message: string): AwsFault => new AwsFault('InvalidInput', message)

type Attributes = Readonly<Record<string, string>>

/** Refuses a RegisterInstance input as Cloud Map does: https://docs.aws.amazon.com/cloud-map/latest/api/API_RegisterInstance.html */
export function checkInstance({ service }: CloudMapServiceRecord, { InstanceId, Attributes: attributes }: Wire): void {
  if (!/^[0-9a-zA-Z_/:.@-]{1,64}$/.test(InstanceId)) throw invalid('The instance ID is not valid.')
  checkSize(attributes)
  if (attributes.AWS_EC2_INSTANCE_ID !== undefined) throw invalid('AWS_EC2_INSTANCE_ID is for HTTP namespaces only.')
  if (attributes.AWS_ALIAS_DNS_NAME !== undefined) throw invalid('The local AWS makes no alias records for instances.')
  checkHealth(service, attributes)
  const types: string[] = (service.DnsConfig?.DnsRecords ?? []).map(({ Type }: Wire) => Type)
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

function checkHealth({ HealthCheckCustomConfig }: Wire, { AWS_INIT_HEALTH_STATUS: status }: Attributes): void {
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
