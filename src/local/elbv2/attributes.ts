// The attributes of load balancers and of target groups: what there are by default, how they are shown and set.
import { AwsFault } from '../world/fault.ts'
import type { TargetGroup } from '../world/world.ts'

const ofAllLoadBalancers = {
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
  ...ofAllLoadBalancers,
  ...(type === 'application' ? ofApplication : ofNetwork),
})

const ofAllTargetGroups = {
  'deregistration_delay.timeout_seconds': '300',
  'stickiness.enabled': 'false',
  'load_balancing.cross_zone.enabled': 'use_load_balancer_configuration',
  'target_group_health.dns_failover.minimum_healthy_targets.count': '1',
  'target_group_health.dns_failover.minimum_healthy_targets.percentage': 'off',
  'target_group_health.unhealthy_state_routing.minimum_healthy_targets.count': '1',
  'target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage': 'off',
}
const ofHttp = {
  'load_balancing.algorithm.anomaly_mitigation': 'off',
  'load_balancing.algorithm.type': 'round_robin',
  'slow_start.duration_seconds': '0',
  'stickiness.app_cookie.cookie_name': '',
  'stickiness.app_cookie.duration_seconds': '86400',
  'stickiness.lb_cookie.duration_seconds': '86400',
  'stickiness.type': 'lb_cookie',
}
const ofOthers = {
  'deregistration_delay.connection_termination.enabled': 'false',
  'preserve_client_ip.enabled': 'true',
  'proxy_protocol_v2.enabled': 'false',
  'stickiness.type': 'source_ip',
  'target_health_state.unhealthy.connection_termination.enabled': 'true',
  'target_health_state.unhealthy.draining_interval_seconds': '0',
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html */
export function targetGroupAttributes({
  TargetType,
  Protocol,
}: Pick<TargetGroup, 'TargetType' | 'Protocol'>): Record<string, string> {
  if (TargetType === 'lambda') return { 'lambda.multi_value_headers.enabled': 'false' }
  return { ...ofAllTargetGroups, ...(Protocol === 'HTTP' || Protocol === 'HTTPS' ? ofHttp : ofOthers) }
}

/** As the API has them: `[{ Key, Value }]`. */
export const shownAttributes = (attributes: Readonly<Record<string, string>>): { Key: string; Value: string }[] =>
  Object.entries(attributes).map(([Key, Value]) => ({ Key, Value }))

interface Change {
  readonly Key?: string | undefined
  readonly Value?: string | undefined
}

/** Sets attributes; one that is not among those there are is refused before anything is set. `what` begins the message. */
export function setAttributes(what: string, attributes: Record<string, string>, changes: readonly Change[]): void {
  const unknown = changes.find(({ Key = '' }) => !Object.hasOwn(attributes, Key))
  if (unknown) throw new AwsFault('ValidationError', `${what} attribute key '${unknown.Key}' is not recognized`)
  for (const { Key = '', Value = '' } of changes) attributes[Key] = Value
}

/** Sets attributes of a target group, none of them when one is refused. */
export function setTargetGroupAttributes(attributes: Record<string, string>, changes: readonly Change[]): void {
  const name = 'deregistration_delay.timeout_seconds'
  const delay = changes.find(({ Key }) => Key === name)?.Value
  if (delay !== undefined && !(/^\d{1,4}$/.test(delay) && Number(delay) <= 3600)) {
    throw new AwsFault('ValidationError', `'${name}' value '${delay}' must be between '0-3600' inclusive`)
  }
  setAttributes('Target group', attributes, changes)
}
