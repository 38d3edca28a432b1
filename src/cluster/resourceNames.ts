import { createHash } from 'node:crypto'

/** What Elastic Load Balancing takes as the name of a load balancer or of a target group. */
const most = 32

/** The family of a service's task definitions. */
export function familyIn(cluster: string, service: string): string {
  return `${cluster}-${service}`
}

/** The name of the load balancer of a family; `name` tells several apart. */
export function loadBalancerName(family: string, name: string | undefined): string {
  return fitting(name === undefined ? `${family}-lb` : `${family}-${name}-lb`)
}

/** The name of the target group of a family; `name` tells several apart. */
export function targetGroupName(family: string, name: string | undefined): string {
  return fitting(name === undefined ? `${family}-tg` : `${family}-${name}-tg`)
}

/** The same name with what tells apart two that are there at the same time, while one takes the other's place. */
export function besides(name: string, what: readonly unknown[]): string {
  return fitting(`${name}-${hashOf(what.map(String).join(' '))}`)
}

/**
 * A name as AWS takes it: letters, digits and hyphens, neither first nor last a hyphen, at most 32 of them. What had to be
 * changed ends in a hash of what was meant, so that two names never become one, and the same always becomes the same.
 */
function fitting(name: string): string {
  const allowed = name.replace(/[^A-Za-z0-9-]/g, '-').replace(/^-+|-+$/g, '')
  if (allowed === name && name.length <= most && !name.startsWith('internal-')) return name
  const hash = hashOf(name)
  const kept = allowed.replace(/^(internal-)+/, '').slice(0, most - hash.length - 1)
  return `${kept.replace(/-+$/, '')}-${hash}`
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}
