/** DeleteTags: deletes the note of a group's desired capacity. */
import { isOfOther } from '../heartbeat.ts'
import { desiredCapacityTag, isSettled } from '../refreshNotes.ts'
import { readGroup } from '../observeInstances.ts'
import type { Step, StepKind } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'

export interface DeleteTags extends StepKind {
  readonly name: 'deleteTags'
  readonly method: 'deleteTags'
  readonly subject: 'group'
  readonly params: {
    readonly onlyWhenSettled: boolean
    /** The run that has signed the note that was found, and is cut off. */
    readonly cutOff: string | undefined
  }
}

/**
 * With `onlyWhenSettled` the note stays if the desired capacity differs from it, because not everything could be put back.
 */
export function forgetDesiredCapacity(of: {
  readonly group: string
  readonly onlyWhenSettled: boolean
  readonly cutOff: string | undefined
}): Step<DeleteTags> {
  const { group, onlyWhenSettled, cutOff } = of
  return {
    kind: 'deleteTags',
    id: `deleteTags ${group}`,
    title: `Take the note off ${group}`,
    subject: { type: 'group', group },
    call: {
      method: 'deleteTags',
      input: { Tags: [{ ResourceId: group, ResourceType: 'auto-scaling-group', Key: desiredCapacityTag }] },
    },
    params: { onlyWhenSettled, cutOff },
  }
}

export const deleteTagsHandler: StepHandler<DeleteTags> = {
  async perform(step, input, { aws, signal, values }) {
    const { group: name } = step.subject
    const { cutOff, onlyWhenSettled } = step.params
    const group = await readGroup(aws, name, signal)
    if (isOfOther(group, values, cutOff))
      return { answer: { $metadata: {} }, notNeeded: 'it is the note of another refresh' }
    if (onlyWhenSettled && !isSettled(group)) {
      return {
        skipped: `${name} wants ${group.DesiredCapacity} of at most ${group.MaxSize}, and the next refresh goes by the note`,
      }
    }
    return { answer: await aws.call('deleteTags', input, signal) }
  },
  undoPhase: 'forget',
}
