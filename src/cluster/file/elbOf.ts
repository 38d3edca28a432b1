import { at, type Checked, numberAt, textAt } from './checked.ts'
import { wordsAt } from './containerOf.ts'
import { elbKeys, recommendedTlsPolicy, targetHealthcheckKeys } from './keys/elbKeys.ts'
import type { Elb } from '../stack.ts'

/** The load balancer of a service in which nothing is wrong. */
export function elbOf(checked: Checked): Elb {
  const protocol = protocolAt(checked, 'protocol', elbKeys.protocol.default)
  const isHttps = protocol === 'HTTPS'
  const check = at(checked, 'healthcheck')
  const defaults = targetHealthcheckKeys
  return {
    name: textAt(checked, 'name'),
    // One of others is where it is: nobody asks for its type.
    type: textAt(checked, 'type') === 'public' ? 'public' : 'private',
    protocol,
    ports: {
      public: numberAt(checked, 'ports/public') ?? (isHttps ? 443 : 80),
      container: numberAt(checked, 'ports/container') ?? 0,
    },
    certificates: wordsAt(checked, 'certificates') ?? [],
    tlsPolicy: isHttps ? (textAt(checked, 'tls_policy') ?? recommendedTlsPolicy) : undefined,
    dns: at(checked, 'dns') && {
      hostedZoneId: textAt(checked, 'dns/hosted_zone_id') ?? '',
      recordName: textAt(checked, 'dns/record_name') ?? '',
    },
    healthcheck: {
      protocol: protocolAt(check, 'protocol', defaults.protocol.default),
      port: numberAt(check, 'port'),
      path: textAt(check, 'path') ?? defaults.path.default,
      intervalSeconds: numberAt(check, 'interval_seconds') ?? defaults.interval_seconds.default,
      timeoutSeconds: numberAt(check, 'timeout_seconds') ?? defaults.timeout_seconds.default,
      healthyThresholdCount: numberAt(check, 'healthy_threshold_count') ?? defaults.healthy_threshold_count.default,
      unhealthyThresholdCount:
        numberAt(check, 'unhealthy_threshold_count') ?? defaults.unhealthy_threshold_count.default,
    },
    loadBalancerArn: textAt(checked, 'load_balancer_arn'),
    targetGroupArn: textAt(checked, 'target_group_arn'),
  }
}

function protocolAt(checked: Checked | undefined, path: string, otherwise: 'HTTP' | 'HTTPS'): 'HTTP' | 'HTTPS' {
  const text = textAt(checked, path)
  return text === 'HTTPS' || text === 'HTTP' ? text : otherwise
}
