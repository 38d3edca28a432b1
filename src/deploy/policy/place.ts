/** Where a policy is for, and how AWS spells the ARNs of what is there. */
import type { Aws } from '../../aws/aws.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { nameOf } from '../../ground/names.ts'

export interface Place {
  /** `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition: string
  readonly account: string
  readonly region: string
}

/** Who calls, as STS says it. */
export interface Caller {
  readonly arn: string
  readonly partition: string
  readonly account: string
}

/** Asks STS, which answers everybody. */
export async function readCaller(aws: Aws): Promise<Caller> {
  const { Arn: arn = '', Account: account = '' } = await aws.call('getCallerIdentity', {})
  const partition = /^arn:([\w-]+):/.exec(arn)?.[1]
  if (partition !== undefined) return { arn, partition, account }
  throw new EcsTaskError('RefusedByAws', 'STS does not say who calls.', { why: `It answered the ARN "${arn}".` })
}

/** The ARNs of a place, by names. */
export interface Arns {
  readonly region: string
  /** Everything of ECS: `arn:aws:ecs:us-east-1:123456789012:service/shop/web` of `service/shop/web`. */
  ecs(resource: string): string
  cluster(nameOrArn: string): string
  rule(bus: string, rule: string): string
  schedule(group: string, name: string): string
  /** One that is an ARN stays as it is: it is the caller's to say whose it is. */
  role(nameOrArn: string): string
  logStreams(group: string, prefix: string): string
  object(of: { readonly bucket: string; readonly key: string }): string
  repository(of: { readonly registryId: string; readonly region: string; readonly repositoryName: string }): string
}

export function namesIn({ partition, account, region }: Place): Arns {
  const arn = (service: string, resource: string): string =>
    `arn:${partition}:${service}:${region}:${account}:${resource}`
  return {
    region,
    ecs: (resource) => arn('ecs', resource),
    cluster: (nameOrArn) => arn('ecs', `cluster/${nameOf(nameOrArn)}`),
    // A rule of the default bus has no bus in its ARN.
    rule: (bus, rule) => arn('events', bus === 'default' ? `rule/${rule}` : `rule/${bus}/${rule}`),
    schedule: (group, name) => arn('scheduler', `schedule/${group}/${name}`),
    role: (nameOrArn) =>
      nameOrArn.startsWith('arn:') ? nameOrArn : `arn:${partition}:iam::${account}:role/${nameOrArn}`,
    logStreams: (group, prefix) => arn('logs', `log-group:${group}:log-stream:${prefix}*`),
    // The name of a bucket is nobody else's, in any region or account.
    object: ({ bucket, key }) => `arn:${partition}:s3:::${bucket}/${key}`,
    repository: (of) => `arn:${partition}:ecr:${of.region}:${of.registryId}:repository/${of.repositoryName}`,
  }
}
