/** What a refresh notes in AWS, so that a run after one that was cut off can go on: an attribute and a tag. */
import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling'
import type { ContainerInstance } from '@aws-sdk/client-ecs'
import { sha256 } from '../ground/sha256.ts'

/** The attribute of a container instance that is being replaced. A detached instance has nothing else that would tell. */
export const replacedInAttribute = 'ecs-task.replaced-in'

/** The tag of a group that is being refreshed: its desired capacity when no refresh is under way. */
export const desiredCapacityTag = 'ecs-task.desired-capacity'

/**
 * The attribute's value for a group: its name, or a hash of the name if ECS does not accept that.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Attribute.html
 */
export function replacedInValue(group: string): string {
  const isValid = /^[\w\-.@/\\:](?:[\w\-.@/\\: ]{0,126}[\w\-.@/\\:])?$/.test(group)
  return isValid ? group : sha256(group)
}

/** Whether a refresh of the group has begun to replace this container instance, or to put it back. */
export function isMarked({ attributes = [] }: ContainerInstance, group: string): boolean {
  return attributes.some(({ name, value }) => name === replacedInAttribute && value === replacedInValue(group))
}

/**
 * The tag's value: the desired capacity, and by how many the run may change it for a while; with the maximum, where the run
 * allows one more for a while.
 */
export function desiredCapacityNote(desired: number, by: number, maximum?: number): string {
  return `${desired} +-${by}${maximum === undefined ? '' : ` max ${maximum}`}`
}

/** The maximum of the group when no refresh is under way. Another than a run that was cut off has set counts. */
export function settledMaximum(group: Pick<AutoScalingGroup, 'MaxSize' | 'Tags'>): number {
  const { MaxSize = 0 } = group
  const [, maximum] = /^\d+ \+-\d+ max (\d+)( |$)/.exec(noteOf(group)) ?? []
  return maximum !== undefined && MaxSize === Number(maximum) + 1 ? Number(maximum) : MaxSize
}

/** Whether the run that has left a note may have had one instance more than the maximum. */
export function allowsMore(group: Pick<AutoScalingGroup, 'Tags'>): boolean {
  return / max \d+( |$)/.test(noteOf(group))
}

/** Whether a run has noted the desired capacity of the group, and was cut off before it deleted the note. */
export function isNoted({ Tags = [] }: AutoScalingGroup): boolean {
  return Tags.some(({ Key }) => Key === desiredCapacityTag)
}

/**
 * The desired capacity of the group when no refresh is under way. A run that was cut off has noted it; a desired capacity
 * further away than that run could have changed it was set by somebody since, and counts.
 */
export function settledCapacity({ DesiredCapacity = 0, Tags = [] }: AutoScalingGroup): number {
  const [, desired = '', by = ''] = /^(\d+) \+-(\d+)( |$)/.exec(noteOf({ Tags })) ?? []
  if (desired === '') return DesiredCapacity
  return Math.abs(DesiredCapacity - Number(desired)) <= Number(by) ? Number(desired) : DesiredCapacity
}

/** Whether a group is as its note says that it is when no refresh is under way. */
export function isSettled(group: AutoScalingGroup): boolean {
  return settledCapacity(group) === group.DesiredCapacity && settledMaximum(group) === group.MaxSize
}

/** Who refreshes a group, as its note tells others. */
export interface Signature {
  /** `alice@laptop`. */
  readonly owner: string
  /** When it began, by the clock of its machine, in ISO 8601: for people, and compared with nothing. */
  readonly since: string
  /** Tells the run from every other. */
  readonly run: string
  /** Another value at each sign of life. */
  readonly beat: string
}

/** The tag's value with a signature. AWS takes no other characters in a tag. */
export function signedNote(note: string, { owner, since, run, beat }: Signature): string {
  const by = owner.replaceAll(/[^\w.@:/+=-]+/g, '_').slice(0, 100) || 'somebody'
  return `${note} by ${by} since ${since} run ${run} beat ${beat}`
}

/** Who has signed the note of a group; undefined without a note, and for one that no run has signed. */
export function signatureOf(group: Pick<AutoScalingGroup, 'Tags'>): Signature | undefined {
  const [, owner = '', since = '', run = '', beat = ''] =
    / by (\S+) since (\S+) run (\S+) beat (\S+)$/.exec(noteOf(group)) ?? []
  return run === '' ? undefined : { owner, since, run, beat }
}

function noteOf({ Tags = [] }: Pick<AutoScalingGroup, 'Tags'>): string {
  return Tags.find(({ Key }) => Key === desiredCapacityTag)?.Value ?? ''
}
