import { tagName, tagValue } from '../marks.ts'
import type { Step } from '../../engine/step.ts'
import type { StepKind } from '../../engine/stepHandler.ts'

/** Notes on a group what it wants when nobody refreshes it, so that a run after one that was cut off knows. */
export function noteDesiredCapacity(
  of: { readonly group: string; readonly desired: number; readonly by: number },
  undo: readonly Step[],
): Step<'createOrUpdateTags'> {
  const { group, desired, by } = of
  return {
    id: `createOrUpdateTags ${group}`,
    title: `Note that ${group} wants ${desired}`,
    call: {
      method: 'createOrUpdateTags',
      input: {
        Tags: [
          {
            ResourceId: group,
            ResourceType: 'auto-scaling-group',
            Key: tagName,
            Value: tagValue(desired, by),
            PropagateAtLaunch: false,
          },
        ],
      },
    },
    undo,
  }
}

export const createOrUpdateTagsKind: StepKind<'createOrUpdateTags'> = {
  perform: async (_step, input, { aws, signal }) => ({ answer: await aws.call('createOrUpdateTags', input, signal) }),
}
