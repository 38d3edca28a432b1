// The keys of a load balancer.
import { balancerArn, balancerName, certificateArn, filled, path, targetGroupArn, tlsPolicy } from '../forms.ts'
import { keysOf, type Keys, listOf, oneOf, text, whole } from '../shape.ts'

/** The policy that AWS recommends. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html */
export const recommendedTlsPolicy = 'ELBSecurityPolicy-TLS13-1-2-2021-06'

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html */
export const targetHealthcheckKeys = {
  protocol: { shape: oneOf('HTTP', 'HTTPS'), says: 'The protocol of the check.', default: 'HTTP' },
  port: { shape: whole(1, 65_535), says: 'The port of the check; the one that traffic goes to when it is left out.' },
  path: { shape: text(path), says: 'The path of the check.', default: '/' },
  interval_seconds: { shape: whole(5, 300, 'seconds'), says: 'Seconds between two checks.', default: 30 },
  timeout_seconds: { shape: whole(2, 120, 'seconds'), says: 'Seconds after which a check has failed.', default: 5 },
  healthy_threshold_count: { shape: whole(2, 10), says: 'How many checks in a row make a target healthy.', default: 2 },
  unhealthy_threshold_count: {
    shape: whole(2, 10),
    says: 'How many failed checks in a row make a target unhealthy.',
    default: 10,
  },
} as const satisfies Keys

const elbPortKeys = {
  public: {
    shape: whole(1, 65_535),
    says: 'The port that the load balancer listens on: 443 for HTTPS and 80 for HTTP when it is left out.',
  },
  container: { shape: whole(1, 65_535), says: "The container's port that traffic goes to.", isNeeded: true },
} as const satisfies Keys

/** The Application Load Balancer of a service. */
export const elbKeys = {
  name: {
    shape: text(balancerName),
    says: "A part of the load balancer's name, <cluster>-<service>-<name>-lb, which may have 32 characters.",
  },
  type: {
    shape: oneOf('public', 'private'),
    says: 'public for one that the internet reaches, in the public subnets and groups of the VPC; private for one inside of it.',
  },
  protocol: { shape: oneOf('HTTP', 'HTTPS'), says: 'What clients speak to the load balancer.', default: 'HTTP' },
  ports: { shape: keysOf('ports', elbPortKeys), says: 'From which port to which.', isNeeded: true },
  certificates: {
    shape: listOf(text(certificateArn)),
    says: 'ARNs of the certificates for HTTPS; the first is the default.',
  },
  tls_policy: {
    shape: text(tlsPolicy),
    says: `Which versions and ciphers of TLS are spoken; ${recommendedTlsPolicy} with HTTPS when it is left out.`,
  },
  dns: {
    shape: keysOf('dns', {
      hosted_zone_id: { shape: text(filled), says: 'The hosted zone in Route 53.', isNeeded: true },
      record_name: {
        shape: text(filled),
        says: 'The name that leads to the load balancer, as in staging.example.com.',
        isNeeded: true,
      },
    }),
    says: 'A record in Route 53 that leads to the load balancer.',
  },
  healthcheck: {
    shape: keysOf('a health check of targets', targetHealthcheckKeys),
    says: 'The check that the load balancer makes of each task.',
  },
  load_balancer_arn: {
    shape: text(balancerArn),
    says: 'A load balancer that there is already: only a listener and a target group are made.',
  },
  target_group_arn: {
    shape: text(targetGroupArn),
    says: 'A target group that there is already: the tasks go into it, and nothing else is made.',
  },
} as const satisfies Keys
