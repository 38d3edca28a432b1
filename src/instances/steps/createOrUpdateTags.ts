/** CreateOrUpdateTags: notes a group's desired capacity in a tag, so that a run after one that was cut off knows it. */
import { desiredCapacityTag, desiredCapacityNote } from '../refreshNotes.ts'
import type { Step, StepKind, UndoSteps } from '../../engine/step.ts'
import { type StepHandler, sends } from '../../engine/stepHandler.ts'

export interface CreateOrUpdateTags extends StepKind {
  readonly name: 'createOrUpdateTags'
  readonly method: 'createOrUpdateTags'
  readonly subject: 'group'
  readonly undo: 'deleteTags'
}

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
            Key: desiredCapacityTag,
            Value: desiredCapacityNote(desired, by),
            PropagateAtLaunch: false,
          },
        ],
      },
    },
    undo,
  }
}

export const createOrUpdateTagsHandler: StepHandler<CreateOrUpdateTags> = {
  perform: sends('createOrUpdateTags'),
}
