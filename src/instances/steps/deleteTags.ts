import { settledCapacity, tagName } from '../marks.ts'
import { readGroup } from '../readGroup.ts'
import type { Step } from '../../engine/step.ts'
import type { StepKind } from '../../engine/stepHandler.ts'

/**
 * Takes the note off a group. With `onlyWhenSettled` it stays while the group wants something else than it says, because
 * not everything could be put back.
 */
export function forgetDesiredCapacity(of: {
  readonly group: string
  readonly onlyWhenSettled: boolean
}): Step<'deleteTags'> {
  const { group, onlyWhenSettled } = of
  return {
    id: `deleteTags ${group}`,
    title: `Take the note off ${group}`,
    call: {
      method: 'deleteTags',
      input: { Tags: [{ ResourceId: group, ResourceType: 'auto-scaling-group', Key: tagName }] },
    },
    facts: { group, onlyWhenSettled },
  }
}

export const deleteTagsKind: StepKind<'deleteTags'> = {
  async perform(step, input, { aws, signal }) {
    const { group: name, onlyWhenSettled } = step.facts as { group: string; onlyWhenSettled: boolean }
    const group = onlyWhenSettled ? await readGroup(aws, name, signal) : undefined
    if (group && settledCapacity(group) !== group.DesiredCapacity) return { answer: { $metadata: {} } }
    return { answer: await aws.call('deleteTags', input, signal) }
  },
}
