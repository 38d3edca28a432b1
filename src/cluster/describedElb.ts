import type { LoadBalancer } from '@aws-sdk/client-ecs'
import type { Elb } from './stack.ts'
import { recordOf } from './findBalancing.ts'
import { type Found, isOurs } from './found.ts'
import { nameTag } from './marks.ts'

/** What leads to a service, as a stack says it. */
export function describedElb(found: Found, service: string, { targetGroupArn, containerPort = 0 }: LoadBalancer): Elb {
  const { thing: group, tags } = found.targetGroups.find(({ thing }) => thing.TargetGroupArn === targetGroupArn) ?? {}
  const listener = found.listeners.find(
    (one) => isOurs(one, found.cluster, service) && leadsTo(one.thing, targetGroupArn),
  )
  const balancer = found.loadBalancers.find(({ thing }) => thing.LoadBalancerArn === listener?.thing.LoadBalancerArn)
  const isSecure = listener?.thing.Protocol === 'HTTPS'
  const certificates = [
    listener?.thing.Certificates?.[0]?.CertificateArn,
    ...(found.certificates.get(listener?.thing.ListenerArn ?? '') ?? []),
  ]
  const record = listener && recordOf(listener)
  const port = group?.HealthCheckPort
  return {
    name: tags?.[nameTag],
    type: balancer?.thing.Scheme === 'internal' ? 'private' : 'public',
    protocol: isSecure ? 'HTTPS' : 'HTTP',
    ports: { public: listener?.thing.Port ?? containerPort, container: containerPort },
    certificates: isSecure ? certificates.flatMap((one) => one ?? []) : [],
    tlsPolicy: isSecure ? listener.thing.SslPolicy : undefined,
    dns: record && { hostedZoneId: record.zone, recordName: record.name },
    healthcheck: {
      protocol: group?.HealthCheckProtocol === 'HTTPS' ? 'HTTPS' : 'HTTP',
      port: port === undefined || port === 'traffic-port' ? undefined : Number(port),
      path: group?.HealthCheckPath ?? '/',
      intervalSeconds: group?.HealthCheckIntervalSeconds ?? 30,
      timeoutSeconds: group?.HealthCheckTimeoutSeconds ?? 5,
      healthyThresholdCount: group?.HealthyThresholdCount ?? 2,
      unhealthyThresholdCount: group?.UnhealthyThresholdCount ?? 10,
    },
    loadBalancerArn: balancer && !isOurs(balancer, found.cluster, service) ? balancer.thing.LoadBalancerArn : undefined,
    targetGroupArn: group ? undefined : targetGroupArn,
  }
}

function leadsTo(listener: Found['listeners'][number]['thing'], targetGroupArn: string | undefined): boolean {
  return (listener.DefaultActions ?? []).some((action) => action.TargetGroupArn === targetGroupArn)
}
