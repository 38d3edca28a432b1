// The forms that texts of a stack file must have.
import type { Port, Volume } from '../stack.ts'
import type { Form } from './shape.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html */
export const resourceName: Form = {
  pattern: /^[A-Za-z0-9_-]{1,255}$/,
  must: '1 to 255 letters, digits, hyphens and underscores',
}

/** What AWS takes in any form, but not empty. */
export const filled: Form = { pattern: /\S/, must: 'a text that is not blank' }

/** By its ARN or its name. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html */
export const role: Form = {
  pattern: /^(arn:aws[\w-]*:iam::\d{12}:role\/)?[\w+=,.@/-]{1,512}$/,
  must: 'the ARN or the name of a role',
}

/** https://docs.aws.amazon.com/scheduler/latest/APIReference/API_Target.html */
export const roleArn: Form = {
  pattern: /^arn:aws[\w-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
  must: 'the ARN of a role, as in arn:aws:iam::123456789012:role/scheduler',
}

export const variableName: Form = { pattern: /^[^=\s]+$/, must: 'without blanks and without =' }

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html */
export const port: Form = {
  pattern: /^(\d{1,5}:)?\d{1,5}(\/(tcp|udp))?$/,
  must: 'HOST:CONTAINER or CONTAINER, as in "8080:80", 80 or "53:53/udp"',
}

/** Reads a text of the form `port`. The host's port 0 stands for any free one, as in Docker. */
export function parsePort(text: string): Port {
  const [ports = '', protocol] = text.split('/')
  const [container = 0, host] = ports.split(':').map(Number).toReversed()
  return { host: host || undefined, container, protocol: protocol === 'udp' ? 'udp' : 'tcp' }
}

/** The text that is read as a port. */
export function portText({ host, container, protocol }: Port): string {
  return `${host === undefined ? '' : `${host}:`}${container}${protocol === 'udp' ? '/udp' : ''}`
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bind-mounts.html */
export const volume: Form = {
  pattern: /^[A-Za-z0-9_-]{1,255}(:\/[^:]*)?:\/[^:]*(:(ro|rw))?$/,
  must: 'NAME:HOST_PATH:CONTAINER_PATH or NAME:CONTAINER_PATH, as in "data:/mnt/data:/var/lib/data" or "cache:/cache:ro"',
}

/** Reads a text of the form `volume`. */
export function parseVolume(text: string): Volume {
  const [name = '', ...rest] = text.split(':')
  const paths = rest.filter((part) => part.startsWith('/'))
  const [container = '', host] = paths.toReversed()
  return { name, host, container, readOnly: rest.at(-1) === 'ro' }
}

/** The text that is read as a volume. */
export function volumeText({ name, host, container, readOnly }: Volume): string {
  return [name, ...(host === undefined ? [] : [host]), container, ...(readOnly ? ['ro'] : [])].join(':')
}

export const vpcId: Form = { pattern: /^vpc-/, must: "a VPC's id, as in vpc-0a1b2c3d" }
export const subnetId: Form = { pattern: /^subnet-/, must: "a subnet's id, as in subnet-0a1b2c3d" }
export const groupId: Form = { pattern: /^sg-/, must: "a security group's id, as in sg-0a1b2c3d" }

/**
 * A namespace may have several levels, each of which DNS can hold.
 * https://docs.aws.amazon.com/cloud-map/latest/api/API_CreatePrivateDnsNamespace.html
 */
export const namespace: Form = {
  pattern: /^(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$/,
  must: 'a domain name, as in example.local: letters, digits and hyphens between dots, 63 at most',
}

/** https://docs.aws.amazon.com/cloud-map/latest/api/API_CreateService.html */
export const discoveryName: Form = {
  pattern: /^(?=.{1,127}$)\w([\w-]{0,61}\w)?(\.\w([\w-]{0,61}\w)?)*$/,
  must: 'a name below the namespace, as in user.staging: letters, digits, hyphens and underscores between dots, 63 at most',
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html */
export const balancerName: Form = {
  pattern: /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/,
  must: 'letters, digits and hyphens, which it neither begins nor ends with',
}

export const balancerArn: Form = {
  pattern: /^arn:[^:]+:elasticloadbalancing:.+:loadbalancer\/app\/./,
  must:
    'the ARN of an Application Load Balancer, as in ' +
    'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/50dc6c495c0c9188',
}

export const targetGroupArn: Form = {
  pattern: /^arn:[^:]+:elasticloadbalancing:.+:targetgroup\/./,
  must:
    'the ARN of a target group, as in ' +
    'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/73e2d6bc24d8a067',
}

export const certificateArn: Form = {
  pattern: /^arn:[^:]+:(acm|iam):/,
  must: 'the ARN of a certificate, as in arn:aws:acm:eu-west-1:123456789012:certificate/12345678',
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html */
export const path: Form = { pattern: /^\/.{0,1023}$/, must: 'a path that begins with /, of at most 1,024 characters' }

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html */
export const tlsPolicy: Form = {
  pattern: /^ELBSecurityPolicy-[\w.-]+$/,
  must: "the name of a security policy of AWS's, as in ELBSecurityPolicy-TLS13-1-2-2021-06",
}

/**
 * How each comparison begins; what comes after it is left to AWS.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-query-language.html
 */
export const clusterQuery: Form = {
  pattern:
    /^[\s(!]*(not\b[\s(]*)?(attribute:[\w./\\-]+|agentConnected|agentVersion|ec2InstanceId|registeredAt|runningTasksCount|task:group)\s*([=!]=|[<>]=?|[=!]~|!?(exists|in)\b|(not_)?(equals|exists|in|matches)\b|greater_than|less_than)[ -~]*$/,
  must: 'in the cluster query language, as in attribute:ecs.instance-type =~ p3.*',
}

/** https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html */
export const schedule: Form = {
  pattern: /^(cron\((\S+ ){5}\S+\)|rate\(\d+ (minute|hour|day)s?\)|at\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\))$/,
  must: 'cron with six fields, rate or at, as in cron(0 7 * * ? *), rate(1 day) or at(2026-12-24T18:00:00)',
}

/** A name of the time zone database. */
export const timezone: Form = { pattern: /^[A-Za-z][\w+-]*(\/[\w+-]+)*$/, must: 'a time zone, as in Europe/Berlin' }
