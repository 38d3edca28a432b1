/** DeleteTags: deletes the note of a group's desired capacity. */
import { settledCapacity, desiredCapacityTag } from '../refreshNotes.ts'
import { readGroup } from '../observeInstances.ts'
import type { Step, StepKind } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'

export interface DeleteTags extends StepKind {
  readonly name: 'deleteTags'
  readonly method: 'deleteTags'
  readonly subject: 'group'
  readonly params: { readonly onlyWhenSettled: boolean }
}

/**
 * With `onlyWhenSettled` the note stays if the desired capacity differs from it, because not everything could be put back.
 */
export function forgetDesiredCapacity(of: {
  readonly group: string
  readonly onlyWhenSettled: boolean
}): Step<DeleteTags> {
  const { group, onlyWhenSettled } = of
  return {
    kind: 'deleteTags',
    id: `deleteTags ${group}`,
    title: `Take the note off ${group}`,
    subject: { type: 'group', group },
    call: {
      method: 'deleteTags',
      input: { Tags: [{ ResourceId: group, ResourceType: 'auto-scaling-group', Key: desiredCapacityTag }] },
    },
    params: { onlyWhenSettled },
  }
}

export const deleteTagsHandler: StepHandler<DeleteTags> = {
  async perform(step, input, { aws, signal }) {
    const { group: name } = step.subject
    const { onlyWhenSettled } = step.params
    const group = onlyWhenSettled ? await readGroup(aws, name, signal) : undefined
    if (group && settledCapacity(group) !== group.DesiredCapacity) {
      return { skipped: `${name} wants ${group.DesiredCapacity}, and the next refresh goes by the note` }
    }
    return { answer: await aws.call('deleteTags', input, signal) }
  },
  undoPhase: 'forget',
}
