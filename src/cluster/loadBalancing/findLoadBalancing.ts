/** Reads load balancers, their listeners and target groups, and the DNS records that point to them. */
import type { Listener, LoadBalancer, TargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Aws } from '../../aws/aws.ts'
import { findRecords } from '../findRecords.ts'
import { type Found, type Tagged, isOurs, recordOf } from '../found.ts'
import { ownerOf, ownerTag } from '../ownership.ts'

/** Which load balancers to look for. */
export interface LoadBalancingQuery {
  readonly cluster: string
  /** Of these services and one-off tasks, by name; undefined: of all that the cluster has. */
  readonly names: readonly string[] | undefined
  /** ARNs of load balancers that ecs-task did not create. */
  readonly loadBalancers?: readonly string[]
  /** The names that load balancers are to get: the listeners of others that have one stand in the way, too. */
  readonly wantedNames?: readonly string[]
  readonly records?: readonly { readonly zone: string; readonly name: string }[]
}

export async function findLoadBalancing(
  aws: Aws,
  query: LoadBalancingQuery,
  signal: AbortSignal | undefined,
): Promise<
  Pick<Found, 'loadBalancers' | 'targetGroups' | 'named' | 'listeners' | 'certificates' | 'records' | 'recordProblems'>
> {
  const [{ LoadBalancers = [] }, { TargetGroups = [] }] = await Promise.all([
    aws.all('describeLoadBalancers', {}, signal),
    aws.all('describeTargetGroups', {}, signal),
  ])
  const tags = await tagsOf(
    aws,
    [...LoadBalancers.map((one) => one.LoadBalancerArn), ...TargetGroups.map((one) => one.TargetGroupArn)],
    signal,
  )
  const balancers = LoadBalancers.map(tagged<LoadBalancer>(tags, (one) => one.LoadBalancerArn))
  const groups = TargetGroups.map(tagged<TargetGroup>(tags, (one) => one.TargetGroupArn))
  const isAskedFor = askedFor(query)
  const targetGroups = groups.filter(isAskedFor)
  // A listener of ours may be on a load balancer that is not: the target groups behind it are ours all the same.
  const named = new Set([
    ...(query.loadBalancers ?? []),
    ...targetGroups.flatMap(({ thing }) => thing.LoadBalancerArns ?? []),
  ])
  const wantedNames = new Set(query.wantedNames)
  const loadBalancers = balancers.filter(
    (one) =>
      isAskedFor(one) ||
      named.has(one.thing.LoadBalancerArn ?? '') ||
      wantedNames.has(one.thing.LoadBalancerName ?? ''),
  )
  const listeners = await findListeners(aws, loadBalancers, signal)
  const ours = listeners.filter((one) => isOurs(one, query.cluster))
  const [certificates, records] = await Promise.all([
    findCertificates(aws, query, listeners, signal),
    findRecords(aws, { wanted: query.records ?? [], tagged: ours.flatMap((one) => recordOf(one) ?? []) }, signal),
  ])
  return {
    loadBalancers,
    targetGroups,
    named: {
      loadBalancers: new Map(balancers.map((one) => [one.thing.LoadBalancerName ?? '', one])),
      targetGroups: new Map(groups.map((one) => [one.thing.TargetGroupName ?? '', one])),
    },
    listeners,
    certificates,
    ...records,
  }
}

function tagged<T>(
  tags: ReadonlyMap<string, Record<string, string>>,
  arnOf: (one: T) => string | undefined,
): (thing: T) => Tagged<T> {
  return (thing) => ({ thing, tags: tags.get(arnOf(thing) ?? '') ?? {} })
}

/** Says of a resource whether it was created for one of the services that are asked for. */
function askedFor({ cluster, names }: LoadBalancingQuery): (one: Tagged<unknown>) => boolean {
  const owners = names && new Set(names.map((name) => ownerOf(cluster, name)))
  return (one) => (owners ? owners.has(one.tags[ownerTag] ?? '') : isOurs(one, cluster))
}

async function findListeners(
  aws: Aws,
  loadBalancers: Found['loadBalancers'],
  signal: AbortSignal | undefined,
): Promise<Tagged<Listener>[]> {
  const answers = await Promise.all(
    loadBalancers.map(({ thing }) => aws.all('describeListeners', { LoadBalancerArn: thing.LoadBalancerArn }, signal)),
  )
  const listeners = answers.flatMap(({ Listeners = [] }) => Listeners)
  const tags = await tagsOf(
    aws,
    listeners.map(({ ListenerArn }) => ListenerArn),
    signal,
  )
  return listeners.map(tagged<Listener>(tags, ({ ListenerArn }) => ListenerArn))
}

async function findCertificates(
  aws: Aws,
  query: LoadBalancingQuery,
  listeners: Found['listeners'],
  signal: AbortSignal | undefined,
): Promise<Map<string, string[]>> {
  const secure = listeners.filter(({ thing }) => thing.Protocol === 'HTTPS').filter(askedFor(query))
  const found = await Promise.all(
    secure.map(async ({ thing: { ListenerArn = '' } }): Promise<[string, string[]]> => {
      const { Certificates = [] } = await aws.all('describeListenerCertificates', { ListenerArn }, signal)
      return [ListenerArn, Certificates.flatMap((one) => (one.IsDefault ? [] : (one.CertificateArn ?? [])))]
    }),
  )
  return new Map(found)
}

async function tagsOf(
  aws: Aws,
  arns: readonly (string | undefined)[],
  signal: AbortSignal | undefined,
): Promise<Map<string, Record<string, string>>> {
  const ResourceArns = arns.flatMap((arn) => arn ?? [])
  if (ResourceArns.length === 0) return new Map()
  const { TagDescriptions = [] } = await aws.all('describeTags', { ResourceArns }, signal)
  return new Map(
    TagDescriptions.map(({ ResourceArn = '', Tags = [] }) => [
      ResourceArn,
      Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value])),
    ]),
  )
}
