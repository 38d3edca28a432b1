import type { Network } from '../stack/stack.ts'

/** A tag as ECS and Cloud Map are told of it, apart from the case of its letters. */
export interface Mark {
  readonly key: string
  readonly value: string
}

/** The tag whose value says for which service of which cluster something was made: `my-cluster/web`. */
export const ownerTag = 'ecs-task:service'
/** The tag of a listener that says which record leads to it: `Z123/staging.example.com`. */
export const recordTag = 'ecs-task:record'
/** The tag of a load balancer that says by which `elb.name` it was asked for. */
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

/** What the owner's tag says; a namespace is the cluster's and no service's. */
export function ownerOf(cluster: string, service = ''): string {
  return `${cluster}/${service}`
}

/** As Elastic Load Balancing and Cloud Map spell them. */
export function asTags(marks: readonly Mark[]): { Key: string; Value: string }[] {
  return marks.map(({ key, value }) => ({ Key: key, Value: value }))
}

/** The tags of a one-off task's revision that say where it runs, which nothing else in AWS keeps. */
export function networkMarks(network: Network | undefined): Mark[] {
  if (!network) return []
  const { subnets, securityGroups, assignPublicIp } = network
  return [
    { key: 'ecs-task:subnets', value: subnets.join(' ') },
    { key: 'ecs-task:security-groups', value: securityGroups.join(' ') },
    { key: 'ecs-task:public-ip', value: String(assignPublicIp) },
  ]
}

/** What `networkMarks` says. */
export function networkOf(tags: Readonly<Record<string, string>>): Network | undefined {
  const [subnets, groups] = [tags['ecs-task:subnets'], tags['ecs-task:security-groups']]
  if (subnets === undefined) return undefined
  return {
    subnets: subnets.split(' '),
    securityGroups: groups ? groups.split(' ') : [],
    assignPublicIp: tags['ecs-task:public-ip'] === 'true',
  }
}
