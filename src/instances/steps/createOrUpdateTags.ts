/** CreateOrUpdateTags: notes on a group what it wants when nobody refreshes it. */
import { tagName, tagValue } from '../marks.ts'
import type { Step, StepKind, UndoSteps } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'

export interface CreateOrUpdateTags extends StepKind {
  readonly name: 'createOrUpdateTags'
  readonly method: 'createOrUpdateTags'
  readonly subject: 'group'
  readonly undo: 'deleteTags'
}

/** Notes on a group what it wants when nobody refreshes it, so that a run after one that was cut off knows. */
export function noteDesiredCapacity(
  of: { readonly group: string; readonly desired: number; readonly by: number },
  undo: UndoSteps<CreateOrUpdateTags>,
): Step<CreateOrUpdateTags> {
  const { group, desired, by } = of
  return {
    kind: 'createOrUpdateTags',
    id: `createOrUpdateTags ${group}`,
    title: `Note that ${group} wants ${desired}`,
    subject: { type: 'group', group },
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

export const createOrUpdateTagsHandler: StepHandler<CreateOrUpdateTags> = {
  perform: async (_step, input, { aws, signal }) => ({ answer: await aws.call('createOrUpdateTags', input, signal) }),
}
