import type { Network, StackService } from './stack.ts'

/** A tag as ECS and Cloud Map are told of it, apart from the case of its letters. */
export interface Mark {
  readonly key: string
  readonly value: string
}

/** The tag whose value says for which service of which cluster something was made: `my-cluster/web`. */
export const ownerTag = 'ecs-task:service'
/** The tag of a listener that says which record leads to it: `Z123/staging.example.com`; see `recordMark`. */
export const recordTag = 'ecs-task:record'
/** The tag of a load balancer and a target group that says by which `elb.name` they were asked for. */
export const nameTag = 'ecs-task:name'
/** The tag of a service that says what it depends on: `migrate user-service`. */
export const dependsOnTag = 'ecs-task:depends-on'
/** The tag of a revision whose one-off task has run to its end. */
export const ranTag = 'ecs-task:ran'

/** What everything that is made for a service of a stack is tagged with; `ecs_cluster` is what ecs-compose tagged. */
export function marksOf(cluster: string, service: string): Mark[] {
  return [
    { key: ownerTag, value: ownerOf(cluster, service) },
    { key: 'ecs_cluster', value: cluster },
  ]
}

/** What a load balancer and a target group are tagged with beyond that. */
export function nameMarks(name: string | undefined): Mark[] {
  return name === undefined ? [] : [{ key: nameTag, value: name }]
}

/** What the owner's tag says; a namespace is the cluster's and no service's. */
export function ownerOf(cluster: string, service = ''): string {
  return `${cluster}/${service}`
}

/**
 * What a listener's tag says of the record that leads to it; `recordMarked` reads it. Tags take letters, digits, spaces and
 * `_.:/=+-@`: what else is in the name, as the star of a wildcard, becomes `=2A`.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Tag.html
 */
export function recordMark({ zone, name }: MarkedRecord): string {
  return [zone, name].map((part) => part.replaceAll(/[^\w.:+@ -]/gu, codeOf)).join('/')
}

export function recordMarked(value = ''): MarkedRecord | undefined {
  const [zone, name] = value
    .split('/')
    .map((part) =>
      part.replaceAll(/(=[\dA-F]{2})+/g, (codes) => Buffer.from(codes.replaceAll('=', ''), 'hex').toString()),
    )
  return zone && name ? { zone, name } : undefined
}

interface MarkedRecord {
  readonly zone: string
  readonly name: string
}

function codeOf(character: string): string {
  return [...Buffer.from(character)].map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')
}

/** As Elastic Load Balancing and Cloud Map spell them. */
export function asTags(marks: readonly Mark[]): { Key: string; Value: string }[] {
  return marks.map(({ key, value }) => ({ Key: key, Value: value }))
}

/** Who has started the one-off tasks of a stack. */
export const starter = 'ecs-task'

/** The tags of a one-off task's revision that say how many run, and where, which nothing else in AWS keeps. */
export function runMarks(
  { desiredCount, placementConstraints }: Pick<StackService, 'desiredCount' | 'placementConstraints'>,
  network: Network | undefined,
): Mark[] {
  const isDistinct = placementConstraints.some(({ type }) => type === 'distinctInstance')
  return [
    ...(desiredCount === 1 ? [] : [{ key: 'ecs-task:count', value: String(desiredCount) }]),
    ...(isDistinct ? [{ key: 'ecs-task:distinct-instance', value: 'true' }] : []),
    ...(network ? networkMarks(network) : []),
  ]
}

function networkMarks({ subnets, securityGroups, assignPublicIp }: Network): Mark[] {
  return [
    { key: 'ecs-task:subnets', value: subnets.join(' ') },
    { key: 'ecs-task:security-groups', value: securityGroups.join(' ') },
    { key: 'ecs-task:public-ip', value: String(assignPublicIp) },
  ]
}

/** What `runMarks` says of how many run, and whether each on an instance of its own. */
export function runOf(tags: Readonly<Record<string, string>>): { count: number; isDistinct: boolean } {
  return { count: Number(tags['ecs-task:count'] ?? 1), isDistinct: tags['ecs-task:distinct-instance'] === 'true' }
}

/** What `runMarks` says of where they run. */
export function networkOf(tags: Readonly<Record<string, string>>): Network | undefined {
  const [subnets, groups] = [tags['ecs-task:subnets'], tags['ecs-task:security-groups']]
  if (subnets === undefined) return undefined
  return {
    subnets: subnets.split(' '),
    securityGroups: groups ? groups.split(' ') : [],
    assignPublicIp: tags['ecs-task:public-ip'] === 'true',
  }
}
