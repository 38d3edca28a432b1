/** DeleteTags: deletes the note of a group's desired capacity. */
import { assess } from '../assess.ts'
import { goOn } from '../goOn.ts'
import { isOfOther } from '../heartbeat.ts'
import { desiredCapacityTag, isSettled } from '../refreshNotes.ts'
import { readContainers, readGroup } from '../observeInstances.ts'
import type { Step, StepKind } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'

export interface DeleteTags extends StepKind {
  readonly name: 'deleteTags'
  readonly method: 'deleteTags'
  readonly subject: 'group'
  readonly params: {
    readonly cluster: string
    readonly onlyWhenSettled: boolean
    /** The run that has signed the note that was found, and is cut off. */
    readonly cutOff: string | undefined
  }
}

/**
 * With `onlyWhenSettled` the note stays where not everything could be put back: the desired capacity differs from it, or an
 * instance that the next refresh replaces is outside of the group.
 */
export function forgetDesiredCapacity(of: DeleteTags['params'] & { readonly group: string }): Step<DeleteTags> {
  const { group, ...params } = of
  return {
    kind: 'deleteTags',
    id: `deleteTags ${group}`,
    title: `Remove the record of ${group}`,
    subject: { type: 'group', group },
    call: {
      method: 'deleteTags',
      input: { Tags: [{ ResourceId: group, ResourceType: 'auto-scaling-group', Key: desiredCapacityTag }] },
    },
    // What comes next goes by the note.
    mend: goOn(params.cluster, group),
    params,
  }
}

export const deleteTagsHandler: StepHandler<DeleteTags> = {
  async perform(step, input, { aws, signal, values }) {
    const { group: name } = step.subject
    const { cluster, cutOff, onlyWhenSettled } = step.params
    const group = await readGroup(aws, name, signal)
    if (isOfOther(group, values, cutOff))
      return { answer: { $metadata: {} }, notNeeded: 'it is the note of another refresh' }
    if (onlyWhenSettled && !isSettled(group)) {
      return {
        skipped: `${name} wants ${group.DesiredCapacity} of at most ${group.MaxSize}, and the next refresh goes by the note`,
      }
    }
    if (onlyWhenSettled) {
      const containers = await readContainers(aws, cluster, signal)
      const { detached } = assess({ group, containers, templates: new Map() })
      // One that drains has been terminated, and leaves the cluster.
      const staying = detached.filter(({ status }) => status === 'ACTIVE')
      const outside = staying.map(({ ec2InstanceId }) => ec2InstanceId).join(', ')
      if (outside !== '') return { skipped: `the next refresh goes by it, and replaces ${outside}` }
    }
    return { answer: await aws.call('deleteTags', input, signal) }
  },
  undoPhase: 'forget',
}
