/** How everything that ecs-task creates for a stack is named and tagged, so that a later run finds it again. */
import type { TaskDefinition } from '../definition/definition.ts'
import { sameTaskDefinition } from '../definition/sameTaskDefinition.ts'
import type { Registered } from '../deploy/world.ts'
import { sha256 } from '../ground/sha256.ts'
import type { Network, StackService } from './stack.ts'

/** A tag as ECS spells it; Elastic Load Balancing and Cloud Map capitalize its members. */
export interface Tag {
  readonly key: string
  readonly value: string
}

/** The tag that names the service, and its cluster, for which something was created: `my-cluster/web`. */
export const ownerTag = 'ecs-task:service'
/** The tag of a listener that names the DNS record pointing to it: `Z123/staging.example.com`; see `recordTagValue`. */
export const recordTag = 'ecs-task:record'
/** The tag of a load balancer or a target group that holds the `elb.name` it was created for. */
export const nameTag = 'ecs-task:name'
/** The tag of a service or a one-off task that names what it depends on: `migrate user-service`. */
export const dependsOnTag = 'ecs-task:depends-on'
/** The tag of a revision whose one-off task has run to its end. */
export const ranTag = 'ecs-task:ran'

/** The tag of a revision that a schedule starts: no deploy runs it. */
export const scheduledTag = 'ecs-task:scheduled'

/** The tag that names the run which has made something, so that none takes away what another has made at the same moment. */
export const runTag = 'ecs-task:run'

/** Whether a tag is one that ecs-task sets, and not one of others. */
export function isOfStack(key = ''): boolean {
  return key.startsWith('ecs-task:') || key === 'ecs_cluster'
}

/** The tags with which something is made for a service of a stack. */
export function creationTags(
  { cluster, run }: { readonly cluster: string; readonly run: string },
  service: string,
): Tag[] {
  return [...ownerTags(cluster, service), { key: runTag, value: run }]
}

/** The tags of everything that is created for a service of a stack; `ecs_cluster` is the tag that ecs-compose used. */
export function ownerTags(cluster: string, service: string): Tag[] {
  return [
    { key: ownerTag, value: ownerOf(cluster, service) },
    { key: 'ecs_cluster', value: cluster },
  ]
}

/** The further tags of a load balancer and a target group. */
export function nameTags(name: string | undefined): Tag[] {
  return name === undefined ? [] : [{ key: nameTag, value: name }]
}

/** The value of the owner's tag; a namespace belongs to the cluster and to no service. */
export function ownerOf(cluster: string, service = ''): string {
  return `${cluster}/${service}`
}

/**
 * The value of a listener's tag that names its DNS record; `recordFromTag` reads it. Tags take letters, digits, spaces and
 * `_.:/=+-@`: any other character of the name, such as the star of a wildcard, becomes `=2A`.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Tag.html
 */
export function recordTagValue({ zone, name }: TaggedRecord): string {
  return [zone, name].map((part) => part.replaceAll(/[^\w.:+@ -]/gu, codeOf)).join('/')
}

export function recordFromTag(value = ''): TaggedRecord | undefined {
  const [zone, name] = value
    .split('/')
    .map((part) =>
      part.replaceAll(/(=[\dA-F]{2})+/g, (codes) => Buffer.from(codes.replaceAll('=', ''), 'hex').toString()),
    )
  return zone && name ? { zone, name } : undefined
}

interface TaggedRecord {
  readonly zone: string
  readonly name: string
}

function codeOf(character: string): string {
  return [...Buffer.from(character)].map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')
}

/** Tags as Elastic Load Balancing and Cloud Map spell them. */
export function pascalCaseTags(tags: readonly Tag[]): { Key: string; Value: string }[] {
  return tags.map(({ key, value }) => ({ Key: key, Value: value }))
}

/** The tags of a one-off task's revision that hold how many tasks run, and where: nothing else in AWS keeps that. */
export function runTags(
  { desiredCount, placementConstraints }: Pick<StackService, 'desiredCount' | 'placementConstraints'>,
  network: Network | undefined,
): Tag[] {
  const isDistinct = placementConstraints.some(({ type }) => type === 'distinctInstance')
  return [
    ...(desiredCount === 1 ? [] : [{ key: 'ecs-task:count', value: String(desiredCount) }]),
    ...(isDistinct ? [{ key: 'ecs-task:distinct-instance', value: 'true' }] : []),
    ...(network ? networkTags(network) : []),
  ]
}

function networkTags({ subnets, securityGroups, assignPublicIp }: Network): Tag[] {
  return [
    { key: 'ecs-task:subnets', value: subnets.join(' ') },
    { key: 'ecs-task:security-groups', value: securityGroups.join(' ') },
    { key: 'ecs-task:public-ip', value: String(assignPublicIp) },
  ]
}

/** Reads from `runTags` how many tasks run, and whether each needs an instance of its own. */
export function runFromTags(tags: Readonly<Record<string, string>>): { count: number; isDistinct: boolean } {
  return { count: Number(tags['ecs-task:count'] ?? 1), isDistinct: tags['ecs-task:distinct-instance'] === 'true' }
}

/** Reads from `runTags` the network in which the tasks run. */
export function networkFromTags(tags: Readonly<Record<string, string>>): Network | undefined {
  const [subnets, groups] = [tags['ecs-task:subnets'], tags['ecs-task:security-groups']]
  if (subnets === undefined) return undefined
  return {
    subnets: subnets.split(' '),
    securityGroups: groups ? groups.split(' ') : [],
    assignPublicIp: tags['ecs-task:public-ip'] === 'true',
  }
}

/** The longest name that Elastic Load Balancing accepts for a load balancer or a target group. */
const maxNameLength = 32

/** The family of a service's task definitions. */
export function familyIn(cluster: string, service: string): string {
  return `${cluster}-${service}`
}

/** The name of the load balancer of a family; `name` tells several apart. */
export function loadBalancerName(family: string, name: string | undefined): string {
  return validName(name === undefined ? `${family}-lb` : `${family}-${name}-lb`)
}

/** The name of the target group of a family; `name` tells several apart. */
export function targetGroupName(family: string, name: string | undefined): string {
  return validName(name === undefined ? `${family}-tg` : `${family}-${name}-tg`)
}

/** The longest name that EventBridge Scheduler accepts for a schedule or a group. */
const maxScheduleName = 64

/** The group of the schedules of a cluster. */
export function scheduleGroupName(cluster: string): string {
  return shortName(`ecs-task-${cluster}`)
}

/** The schedule of a task, in the group of its cluster. */
export function scheduleName(task: string): string {
  return shortName(task)
}

/** Names of clusters and tasks have no characters that EventBridge Scheduler refuses. */
function shortName(name: string): string {
  if (name.length <= maxScheduleName) return name
  const hash = hashOf(name)
  return `${name.slice(0, maxScheduleName - hash.length - 1)}-${hash}`
}

/** A variant of a name for a replacement that exists beside the original; `what` says in what the two differ. */
export function replacementName(name: string, what: readonly unknown[]): string {
  return validName(`${name}-${hashOf(what.map(String).join(' '))}`)
}

/**
 * A name that AWS accepts: letters, digits and hyphens, neither first nor last a hyphen, at most 32 of them. A name that had
 * to be changed ends in a hash of the original, so that two names never become one, and the same always becomes the same.
 */
function validName(name: string): string {
  const allowed = name.replace(/[^A-Za-z0-9-]/g, '-').replace(/^-+|-+$/g, '')
  if (allowed === name && name.length <= maxNameLength && !name.startsWith('internal-')) return name
  const hash = hashOf(name)
  const kept = allowed.replace(/^(internal-)+/, '').slice(0, maxNameLength - hash.length - 1)
  return `${kept.replace(/-+$/, '')}-${hash}`
}

function hashOf(text: string): string {
  return sha256(text).slice(0, 8)
}

/** Whether revisions of a stack are the same but for the tags that only say who registered them and whether they have run. */
export function hasSameContent(wanted: TaskDefinition, registered: Registered): boolean {
  return sameTaskDefinition(contentOf(wanted), withContent(registered))
}

/** A registered revision with its tags, but for those. */
export function withContent({ taskDefinition, tags }: Registered) {
  return { ...taskDefinition, tags: tags.filter(isContent) }
}

function contentOf(wanted: TaskDefinition): TaskDefinition {
  return { ...wanted, tags: (wanted.tags ?? []).filter(isContent) }
}

const isContent = ({ key }: { readonly key?: string | undefined }): boolean => key !== ranTag && key !== runTag
