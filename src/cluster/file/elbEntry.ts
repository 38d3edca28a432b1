import { elbKeys, recommendedTlsPolicy, targetHealthcheckKeys } from './keys/elbKeys.ts'
import type { Elb } from '../stack.ts'
import { unlessDefault, unlessEmpty } from './unlessDefault.ts'

/** The keys of a load balancer, as a file has them. */
export function elbEntry(elb: Elb): object {
  const { dns, healthcheck: check } = elb
  const keys = targetHealthcheckKeys
  const healthcheck = {
    protocol: unlessDefault(check.protocol, keys, 'protocol'),
    port: check.port,
    path: unlessDefault(check.path, keys, 'path'),
    interval_seconds: unlessDefault(check.intervalSeconds, keys, 'interval_seconds'),
    timeout_seconds: unlessDefault(check.timeoutSeconds, keys, 'timeout_seconds'),
    healthy_threshold_count: unlessDefault(check.healthyThresholdCount, keys, 'healthy_threshold_count'),
    unhealthy_threshold_count: unlessDefault(check.unhealthyThresholdCount, keys, 'unhealthy_threshold_count'),
  }
  const differs = Object.values(healthcheck).some((value) => value !== undefined)
  return {
    name: elb.name,
    type: elb.type,
    protocol: unlessDefault(elb.protocol, elbKeys, 'protocol'),
    ports: elb.ports,
    certificates: unlessEmpty(elb.certificates),
    tls_policy: elb.tlsPolicy === recommendedTlsPolicy ? undefined : elb.tlsPolicy,
    dns: dns && { hosted_zone_id: dns.hostedZoneId, record_name: dns.recordName },
    healthcheck: differs ? healthcheck : undefined,
    load_balancer_arn: elb.loadBalancerArn,
    target_group_arn: elb.targetGroupArn,
  }
}
