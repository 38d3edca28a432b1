import { AwsFault } from '../world/fault.ts'
import type { Wire } from '../world/operation.ts'

const ofAll = {
  'access_logs.s3.enabled': 'false',
  'access_logs.s3.bucket': '',
  'access_logs.s3.prefix': '',
  'deletion_protection.enabled': 'false',
  'ipv6.deny_all_igw_traffic': 'false',
  'zonal_shift.config.enabled': 'false',
}
const ofApplication = {
  'client_keep_alive.seconds': '3600',
  'connection_logs.s3.enabled': 'false',
  'connection_logs.s3.bucket': '',
  'connection_logs.s3.prefix': '',
  'idle_timeout.timeout_seconds': '60',
  'load_balancing.cross_zone.enabled': 'true',
  'routing.http.desync_mitigation_mode': 'defensive',
  'routing.http.drop_invalid_header_fields.enabled': 'false',
  'routing.http.preserve_host_header.enabled': 'false',
  'routing.http.x_amzn_tls_version_and_cipher_suite.enabled': 'false',
  'routing.http.xff_client_port.enabled': 'false',
  'routing.http.xff_header_processing.mode': 'append',
  'routing.http2.enabled': 'true',
  'waf.fail_open.enabled': 'false',
}
const ofNetwork = {
  'dns_record.client_routing_policy': 'any_availability_zone',
  'load_balancing.cross_zone.enabled': 'false',
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html */
export const loadBalancerAttributes = (type: string): Record<string, string> => ({
  ...ofAll,
  ...(type === 'application' ? ofApplication : ofNetwork),
})

/** As the API has them: `[{ Key, Value }]`. */
export const shownAttributes = (attributes: Readonly<Record<string, string>>): Wire[] =>
  Object.entries(attributes).map(([Key, Value]) => ({ Key, Value }))

/** Sets attributes; one that is not among those there are is refused before anything is set. `what` begins the message. */
export function setAttributes(what: string, attributes: Record<string, string>, changes: readonly Wire[]): void {
  const unknown = changes.find(({ Key }) => !Object.hasOwn(attributes, Key))
  if (unknown) throw new AwsFault('ValidationError', `${what} attribute key '${unknown.Key}' is not recognized`)
  for (const { Key, Value = '' } of changes) attributes[Key] = Value
}
