// The keys of a load balancer.
import { balancerArn, balancerName, certificateArn, filled, path, targetGroupArn, tlsPolicy } from '../forms.ts'
import { keysOf, type Keys, listOf, oneOf, text, whole } from '../shape.ts'

/** The policy that AWS recommends. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html */
export const recommendedTlsPolicy = 'ELBSecurityPolicy-TLS13-1-2-2021-06'

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html */
export const targetHealthcheckKeys = {
  protocol: { shape: oneOf('HTTP', 'HTTPS'), says: 'The protocol of the check.', default: 'HTTP' },
  port: { shape: whole(1, 65_535), says: 'The port of the check; by default the port that receives the traffic.' },
  path: { shape: text(path), says: 'The path of the check.', default: '/' },
  interval_seconds: { shape: whole(5, 300, 'seconds'), says: 'Seconds between two checks.', default: 30 },
  timeout_seconds: { shape: whole(2, 120, 'seconds'), says: 'Seconds after which a check fails.', default: 5 },
  healthy_threshold_count: {
    shape: whole(2, 10),
    says: 'How many successful checks in a row make a target healthy.',
    default: 2,
  },
  unhealthy_threshold_count: {
    shape: whole(2, 10),
    says: 'How many failed checks in a row make a target unhealthy.',
    default: 10,
  },
} as const satisfies Keys

const elbPortKeys = {
  public: {
    shape: whole(1, 65_535),
    says: 'The port that the load balancer listens on; by default 443 for HTTPS and 80 for HTTP.',
  },
  container: { shape: whole(1, 65_535), says: 'The port of the container that receives the traffic.', isNeeded: true },
} as const satisfies Keys

/** The Application Load Balancer of a service. */
export const elbKeys = {
  name: {
    shape: text(balancerName),
    says: 'Part of the name of the load balancer, <cluster>-<service>-<name>-lb, of at most 32 characters.',
  },
  type: {
    shape: oneOf('public', 'private'),
    says: 'public: reachable from the internet, in the public subnets and security groups of the VPC; private: only inside the VPC.',
  },
  protocol: { shape: oneOf('HTTP', 'HTTPS'), says: 'The protocol that clients use.', default: 'HTTP' },
  ports: {
    shape: keysOf('ports', elbPortKeys),
    says: 'The ports of the load balancer and the container.',
    isNeeded: true,
  },
  certificates: {
    shape: listOf(text(certificateArn)),
    says: 'ARNs of the certificates for HTTPS; the first is the default.',
  },
  tls_policy: {
    shape: text(tlsPolicy),
    says: `The TLS versions and ciphers; with HTTPS ${recommendedTlsPolicy} by default.`,
  },
  dns: {
    shape: keysOf('dns', {
      hosted_zone_id: { shape: text(filled), says: 'The hosted zone in Route 53.', isNeeded: true },
      record_name: {
        shape: text(filled),
        says: 'The DNS name of the load balancer, such as staging.example.com.',
        isNeeded: true,
      },
    }),
    says: 'A record in Route 53 that points at the load balancer.',
  },
  healthcheck: {
    shape: keysOf('a health check of targets', targetHealthcheckKeys),
    says: 'How the load balancer checks each task.',
  },
  load_balancer_arn: {
    shape: text(balancerArn),
    says: 'An existing load balancer: ecs-task creates only a listener and a target group.',
  },
  target_group_arn: {
    shape: text(targetGroupArn),
    says: 'An existing target group: the tasks register there, and ecs-task creates nothing else.',
  },
} as const satisfies Keys
