import { AwsFault } from '../world/fault.ts'
import { findHostedZone } from './hostedZone.ts'
import type { Global } from '../world/world.ts'

/** The id under which the tags of a resource of Route 53 are kept; refused when it is not there. Only hosted zones are. */
export function taggedHostedZone(global: Global, type: string, id: string): string {
  if (type === 'healthcheck') {
    throw new AwsFault('NoSuchHealthCheck', `A health check with id ${id} does not exist.`, 404)
  }
  if (type !== 'hostedzone') throw new AwsFault('InvalidInput', `'${type}' is no type of resource that has tags.`)
  findHostedZone(global, id)
  return id
}
