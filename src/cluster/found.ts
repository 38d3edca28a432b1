import type { Service } from '@aws-sdk/client-ecs'
import type { Listener, LoadBalancer, TargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2'
import type { ResourceRecordSet } from '@aws-sdk/client-route-53'
import type { NamespaceSummary, ServiceSummary } from '@aws-sdk/client-servicediscovery'
import type { ImageStates } from '../deploy/imageState.ts'
import type { Registered } from '../deploy/world.ts'
import { ownerOf, ownerTag } from './marks.ts'

/** What there is of a stack in AWS, before anything is changed. */
export interface Found {
  readonly cluster: string
  /** By name; those that were asked for, or all of the cluster. */
  readonly services: ReadonlyMap<string, Service>
  /** By name, of services whose present deployment has not completed: the revisions deployed successfully, the last first. */
  readonly successes: ReadonlyMap<string, readonly string[]>
  /** By `cluster/service`: the images of services whose revision stays; read once it is known which these are. */
  readonly images: ImageStates
  /** By family: its newest ACTIVE revision. */
  readonly newest: ReadonlyMap<string, Registered>
  /** What each service runs, by its ARN, where that is not the newest of its family. */
  readonly running: ReadonlyMap<string, Registered>
  /** The load balancers that were made for services of this cluster, and those that a stack names. */
  readonly loadBalancers: readonly Tagged<LoadBalancer>[]
  readonly targetGroups: readonly Tagged<TargetGroup>[]
  /** By name: ARNs of the load balancers and target groups that were not made for this cluster. */
  readonly ofOthers: {
    readonly loadBalancers: ReadonlyMap<string, string>
    readonly targetGroups: ReadonlyMap<string, string>
  }
  /** On those load balancers, whoever made them. */
  readonly listeners: readonly Tagged<Listener>[]
  /** By the ARN of a listener of ours: the certificates beside its default one. */
  readonly certificates: ReadonlyMap<string, readonly string[]>
  /** By `zone/name`: the A records that were asked for or are named in tags, where there are such. */
  readonly records: ReadonlyMap<string, ResourceRecordSet>
  readonly namespaces: readonly FoundNamespace[]
}

export interface FoundNamespace {
  readonly namespace: NamespaceSummary
  readonly services: readonly ServiceSummary[]
}

/** A thing and its tags, by key. */
export interface Tagged<T> {
  readonly thing: T
  readonly tags: Readonly<Record<string, string>>
}

/** Whether it was made for that service of the cluster; without a name, for any. */
export function isOurs({ tags }: Tagged<unknown>, cluster: string, service?: string): boolean {
  const owner = tags[ownerTag]
  return service === undefined ? owner?.startsWith(ownerOf(cluster)) === true : owner === ownerOf(cluster, service)
}

/** The tags of an ECS thing, by key. */
export function tagsOf(tags: readonly { key?: string; value?: string }[] = []): Record<string, string> {
  return Object.fromEntries(tags.map(({ key = '', value = '' }) => [key, value]))
}

/**
 * A record's key: its zone and its name in lower case with a dot at the end, and without the codes in which Route 53 writes
 * what is no letter, digit, hyphen or underscore: `\\052` for a star.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html
 */
export function recordKey({ zone, name }: { readonly zone: string; readonly name: string }): string {
  const plain = name.replaceAll(/\\([0-3][0-7]{2})/g, (_code, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  )
  return `${zone}/${plain.toLowerCase().replace(/\.?$/, '.')}`
}
