import { createHash } from 'node:crypto'
import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling'
import type { ContainerInstance } from '@aws-sdk/client-ecs'

/** The attribute of a container instance that is being replaced. It outlives the run, and a detached instance has nothing else. */
export const markName = 'ecs-task.replaced-in'

/** As many container instances as ECS marks or drains in one call. */
export const mostAtOnce = 10

/** The tag of a group that is being refreshed: what it wants when nobody refreshes it. */
export const tagName = 'ecs-task.desired-capacity'

/**
 * The attribute's value for a group: its name, or where ECS does not take that, a hash of it.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Attribute.html
 */
export function markValue(group: string): string {
  const isTaken = /^[\w\-.@/\\:](?:[\w\-.@/\\: ]{0,126}[\w\-.@/\\:])?$/.test(group)
  return isTaken ? group : createHash('sha256').update(group).digest('hex')
}

/** Whether a run that refreshes the group has begun to take this container instance away, or to bring it back. */
export function isMarked({ attributes = [] }: ContainerInstance, group: string): boolean {
  return attributes.some(({ name, value }) => name === markName && value === markValue(group))
}

/** The tag's value: the desired capacity, and how far a run may take it up or down for a while. */
export function tagValue(desired: number, by: number): string {
  return `${desired} +-${by}`
}

/**
 * What the group wants when nobody refreshes it. A run that was cut off has noted it; a desired capacity further away
 * than that run could have taken it is somebody's later word, which counts.
 */
export function settledCapacity({ DesiredCapacity = 0, Tags = [] }: AutoScalingGroup): number {
  const noted = Tags.find(({ Key }) => Key === tagName)?.Value ?? ''
  const [, desired = '', by = ''] = /^(\d+) \+-(\d+)$/.exec(noted) ?? []
  if (desired === '') return DesiredCapacity
  return Math.abs(DesiredCapacity - Number(desired)) <= Number(by) ? Number(desired) : DesiredCapacity
}
