import { AwsFault } from '../world/fault.ts'
import { setAttributes } from './loadBalancerAttributes.ts'
import type { Wire } from '../world/operation.ts'

const ofAll = {
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
export function targetGroupAttributes({ TargetType, Protocol }: Wire): Record<string, string> {
  if (TargetType === 'lambda') return { 'lambda.multi_value_headers.enabled': 'false' }
  return { ...ofAll, ...(Protocol === 'HTTP' || Protocol === 'HTTPS' ? ofHttp : ofOthers) }
}

/** Sets attributes of a target group, none of them when one is refused. */
export function setTargetGroupAttributes(attributes: Record<string, string>, changes: readonly Wire[]): void {
  const name = 'deregistration_delay.timeout_seconds'
  const delay = changes.find(({ Key }) => Key === name)?.Value
  if (delay !== undefined && !(/^\d{1,4}$/.test(delay) && Number(delay) <= 3600)) {
    throw new AwsFault('ValidationError', `'${name}' value '${delay}' must be between '0-3600' inclusive`)
  }
  setAttributes('Target group', attributes, changes)
}
