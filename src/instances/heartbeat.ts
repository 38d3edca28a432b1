/** The signs of life of a refresh in the note of its group, and how it sees that another has taken over. */
import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling'
import { EcsTaskError } from '../ground/errors.ts'
import type { StepContext } from '../engine/stepHandler.ts'
import type { Values } from '../engine/step.ts'
import { readGroup } from './observeInstances.ts'
import { desiredCapacityTag, signatureOf, signedNote } from './refreshNotes.ts'

/** Milliseconds between two signs of life. */
const interval = 15_000

/** The id of the step that notes a refresh of a group, under which it yields who has signed the note. */
export function noteStep(group: string): string {
  return `createOrUpdateTags ${group}`
}

/** What that step yields. */
type Signed = Readonly<Record<'note' | 'owner' | 'since' | 'run', string>>

/** The input that signs the note of a group, with another sign of life each time. */
export function signing(group: string, { note, ...signature }: Signed, now: number) {
  const Value = signedNote(note, { ...signature, beat: String(now) })
  const tag = { ResourceId: group, ResourceType: 'auto-scaling-group', Key: desiredCapacityTag }
  return { Tags: [{ ...tag, Value, PropagateAtLaunch: false }] }
}

/** A sign of life, if it is time for one. Throws `DeploymentSuperseded` if another refresh has signed the note since. */
export type Beat = (seen?: AutoScalingGroup) => Promise<void>

/** When each run gave its last sign of life: its waits may all be shorter than the time between two. */
const lastSigns = new WeakMap<Values, number>()

/**
 * For a wait that begins now, of a run that has signed the note. `seen` is the group as it was read just now, which saves a
 * call.
 */
export function heartbeat(group: string, { aws, clock, signal, values }: StepContext): Beat {
  const signed = signedBy(values, group)
  const began = clock.now()
  if (!lastSigns.has(values)) lastSigns.set(values, began)
  return async (seen) => {
    if (!signed) return
    if (seen) checkOurs(seen, values)
    // A clock that was set back must not keep it silent.
    if (Math.abs(clock.now() - (lastSigns.get(values) ?? began)) < interval) return
    if (!seen) checkOurs(await readGroup(aws, group, signal), values)
    const now = clock.now()
    lastSigns.set(values, now)
    await aws.call('createOrUpdateTags', signing(group, signed, now), signal)
  }
}

/** Throws `DeploymentSuperseded` if another refresh has signed the note of the group since this run did. */
export function checkOurs(group: AutoScalingGroup, values: Values): void {
  const { AutoScalingGroupName: name = '' } = group
  if (!signedBy(values, name) || !isOfOther(group, values)) return
  throw new EcsTaskError('DeploymentSuperseded', `Another refresh of ${name} has taken over.`, {
    why: `${signatureOf(group)?.owner} began it when this one had given no sign of life for a minute.`,
  })
}

/** Whether the note of a group is signed by neither this run nor the one that was found `cutOff`. */
export function isOfOther(group: AutoScalingGroup, values: Values, cutOff?: string): boolean {
  const run = signatureOf(group)?.run
  return run !== undefined && run !== cutOff && run !== signedBy(values, group.AutoScalingGroupName ?? '')?.run
}

function signedBy(values: Values, group: string): Signed | undefined {
  const yielded = values.get(noteStep(group))
  if (typeof yielded !== 'object') return undefined
  const { note = '', owner = '', since = '', run = '' } = yielded
  return { note, owner, since, run }
}
