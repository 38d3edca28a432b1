/** What exists of a stack in AWS, as it was read before anything is changed. */
import type { Service } from '@aws-sdk/client-ecs'
import type { Listener, LoadBalancer, TargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2'
import type { ResourceRecordSet } from '@aws-sdk/client-route-53'
import type { NamespaceSummary, ServiceSummary } from '@aws-sdk/client-servicediscovery'
import type { ImageStates } from '../deploy/imageState.ts'
import type { Registered } from '../deploy/world.ts'
import type { Plan } from '../engine/plan.ts'
import { nameOf } from '../ground/names.ts'
import { ownerOf, ownerTag, recordFromTag, recordTag } from './ownership.ts'
import type { FoundScaling } from './scaling/findScaling.ts'
import { type FoundSchedules, scheduledTasks } from './schedules/findSchedules.ts'
import { type Standing, runIn } from './standing.ts'

export interface Found {
  readonly cluster: string
  readonly clusterArn: string
  /** What the run that looks tags with what it makes; two runs never have the same. */
  readonly run: string
  /** By name; those that were asked for, or all of the cluster. */
  readonly services: ReadonlyMap<string, Service>
  /** The names of services of ours that are gone and that ECS still shows: nobody knows whether on purpose. */
  readonly deleted: ReadonlySet<string>
  /** By name, of services whose present deployment has not completed: the revisions deployed successfully, the last first. */
  readonly successes: ReadonlyMap<string, readonly string[]>
  /** By `cluster/service`: the images of services whose revision stays; read once it is known which these are. */
  readonly images: ImageStates
  /** By family: its newest ACTIVE revision; of a one-off task that of the same content which has run. */
  readonly newest: ReadonlyMap<string, Registered>
  /** By ARN: the revisions that services run and schedules start, where that is not the newest of the family. */
  readonly running: ReadonlyMap<string, Registered>
  /** The load balancers that were created for services of this cluster, and those that a stack names. */
  readonly loadBalancers: readonly Tagged<LoadBalancer>[]
  readonly targetGroups: readonly Tagged<TargetGroup>[]
  /** By name: all load balancers and target groups of the region, whoever created them: no name is there twice. */
  readonly named: {
    readonly loadBalancers: ReadonlyMap<string, Tagged<LoadBalancer>>
    readonly targetGroups: ReadonlyMap<string, Tagged<TargetGroup>>
  }
  /** All listeners of those load balancers, no matter who created them. */
  readonly listeners: readonly Tagged<Listener>[]
  /** By the ARN of a listener of ours: the certificates beside its default one. */
  readonly certificates: ReadonlyMap<string, readonly string[]>
  /** By `zone/name`: the A records that were asked for or that tags name, where they exist. */
  readonly records: ReadonlyMap<string, ResourceRecordSet>
  /** By `zone/name`: why Route 53 takes no A record of ours that was asked for, as the end of a sentence about its name. */
  readonly recordProblems: ReadonlyMap<string, string>
  readonly namespaces: readonly FoundNamespace[]
  /** By the name of a service: how Application Auto Scaling scales it, whoever has set that up. */
  readonly scaling: ReadonlyMap<string, FoundScaling>
  readonly schedules: FoundSchedules
  /** What AWS does not let us read and is done without, a sentence each. */
  readonly unread: readonly string[]
}

export interface FoundNamespace {
  readonly namespace: Tagged<NamespaceSummary>
  readonly services: readonly Tagged<ServiceSummary>[]
}

/** By name, for whoever approves a plan: what services run, and the newest revision of each family. */
export function madeFrom({ cluster, services, newest }: Found): NonNullable<Plan['madeFrom']> {
  return Object.fromEntries([
    ...[...services].map(([name, { taskDefinition = '' }]) => [`service ${cluster}/${name}`, nameOf(taskDefinition)]),
    ...[...newest].map(([family, { arn }]) => [`the newest revision of ${family}`, nameOf(arn)]),
  ])
}

/** A resource and its tags, by key. */
export interface Tagged<T> {
  readonly thing: T
  readonly tags: Readonly<Record<string, string>>
}

/** Whether it was created for that service of the cluster; without a service, for any of them. */
export function isOurs({ tags }: Tagged<unknown>, cluster: string, service?: string): boolean {
  const owner = tags[ownerTag]
  return service === undefined ? owner?.startsWith(ownerOf(cluster)) === true : owner === ownerOf(cluster, service)
}

const byOwner = new WeakMap<readonly unknown[], ReadonlyMap<string | undefined, readonly unknown[]>>()

/** Those that were created for a service of the cluster, in their order. A stack of many services asks for each of them. */
export function oursIn<T extends Tagged<unknown>>(all: readonly T[], cluster: string, service: string): readonly T[] {
  let index = byOwner.get(all)
  if (!index) {
    const lists = new Map<string | undefined, T[]>()
    for (const one of all) {
      const owner = one.tags[ownerTag]
      const list = lists.get(owner)
      if (list) list.push(one)
      else lists.set(owner, [one])
    }
    byOwner.set(all, (index = lists))
  }
  return (index.get(ownerOf(cluster, service)) ?? []) as readonly T[]
}

/** Whether the tags of an ECS resource say that it was created for that service of the cluster. */
export function isMadeFor(tags: Parameters<typeof tagsOf>[0], cluster: string, service = ''): boolean {
  return tagsOf(tags)[ownerTag] === ownerOf(cluster, service)
}

/** The names of the services and one-off tasks for which anything was created. */
export function ownersIn(found: Found): string[] {
  const prefix = ownerOf(found.cluster)
  const tags = [
    ...[...found.services.values()].map((one) => tagsOf(one.tags)),
    ...[...found.newest.values()].map((one) => tagsOf(one.tags)),
    ...[...found.loadBalancers, ...found.targetGroups, ...found.listeners].map((one) => one.tags),
    ...found.namespaces.flatMap(({ services }) => services.map((one) => one.tags)),
  ]
  const owners = tags.map((one) => one[ownerTag] ?? '')
  const names = owners.filter((owner) => owner.startsWith(prefix)).map((owner) => owner.slice(prefix.length))
  return [...new Set([...names, ...scheduledTasks(found.schedules, found.cluster)])]
    .filter((name) => name !== '')
    .toSorted()
}

/** What tells later whether another run's service stands on what is made for this one, which may be there already. */
export function standingOf({ cluster, run, services }: Found, service: string): Standing {
  const existing = services.get(service)
  return { cluster, service, run, ...(existing && { before: runIn(existing.tags) }) }
}

/** The tags of an ECS resource, by key. */
export function tagsOf(
  tags: readonly { key?: string | undefined; value?: string | undefined }[] = [],
): Record<string, string> {
  return Object.fromEntries(tags.map(({ key = '', value = '' }) => [key, value]))
}

/** The DNS record that points to a listener, as the listener's tag names it. */
export function recordOf({ tags }: Tagged<unknown>): { zone: string; name: string } | undefined {
  return recordFromTag(tags[recordTag])
}

/**
 * The key of a record: its zone and its name in lower case with a dot at the end. Route 53 writes any character other than
 * letters, digits, hyphens and underscores as a code, a star as `\\052`: the key has the character itself.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html
 */
export function recordKey({ zone, name }: { readonly zone: string; readonly name: string }): string {
  const plain = name.replaceAll(/\\([0-3][0-7]{2})/g, (_code, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  )
  return `${zone}/${plain.toLowerCase().replace(/\.?$/, '.')}`
}
