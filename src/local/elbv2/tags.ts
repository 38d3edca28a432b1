// The tags of load balancers, target groups, listeners and rules.
import { AwsFault } from '../world/fault.ts'
import { findListener } from './listener.ts'
import { findLoadBalancer } from './loadBalancer.ts'
import { findRule } from './rule.ts'
import { findTargetGroup } from './targetGroup.ts'
import { putTags as putOn } from '../world/tags.ts'
import type { Tag } from '../world/tags.ts'
import type { Region } from '../world/world.ts'

/** Refuses the ARN of a load balancer, target group, listener or rule that is not there, each with its own code. */
export function checkTagged(region: Region, arn: string): void {
  const [, kind] = /^arn:[\w-]+:elasticloadbalancing:[\w-]*:\d*:([\w-]+)\//.exec(arn) ?? []
  if (kind === 'loadbalancer') findLoadBalancer(region, arn)
  else if (kind === 'targetgroup') findTargetGroup(region, arn)
  else if (kind === 'listener') findListener(region, arn)
  else if (kind === 'listener-rule') findRule(region, arn)
  else throw new AwsFault('ValidationError', `'${arn}' is not a valid load balancer ARN`)
}

/** Puts the tags of a Create call or of AddTags on; a key that is there already gets the new value. */
export function putTags(region: Region, arn: string, tags: readonly Tag[] = []): void {
  checkTags(tags)
  if (tags.length > 0) putOn(region, arn, tags)
}

/** Refuses a key that is there twice, and one that only AWS puts on. */
export function checkTags(tags: readonly Tag[] = []): void {
  const keys = tags.map(({ Key = '' }) => Key)
  const twice = keys.find((key, index) => keys.indexOf(key) !== index)
  if (twice !== undefined) throw new AwsFault('DuplicateTagKeys', `Tag key was specified more than once: ${twice}`)
  if (keys.some((key) => /^aws:/i.test(key))) {
    throw new AwsFault('ValidationError', 'aws: prefixed tag key names are not allowed for external use.')
  }
}
