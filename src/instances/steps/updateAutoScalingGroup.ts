/** UpdateAutoScalingGroup: allows a group one instance more while it is refreshed, and no more than before afterwards. */
import { goOn } from '../goOn.ts'
import { readGroup } from '../observeInstances.ts'
import type { Step, StepKind, UndoSteps } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'

export interface UpdateAutoScalingGroup extends StepKind {
  readonly name: 'updateAutoScalingGroup'
  readonly method: 'updateAutoScalingGroup'
  readonly subject: 'group'
  readonly params: {
    /** The maximum that is changed: another was set by somebody else, and stays. */
    readonly from: number
    readonly to: number
  }
  readonly undo: 'updateAutoScalingGroup'
}

export function setMaximum(
  of: UpdateAutoScalingGroup['params'] & { readonly cluster: string; readonly group: string },
  undo: UndoSteps<UpdateAutoScalingGroup> = [],
): Step<UpdateAutoScalingGroup> {
  const { cluster, group, from, to } = of
  return {
    kind: 'updateAutoScalingGroup',
    id: `updateAutoScalingGroup ${group}/${to}`,
    title: to > from ? `Allow ${group} ${to} instances temporarily` : `Allow ${group} no more than ${to} again`,
    subject: { type: 'group', group },
    call: { method: 'updateAutoScalingGroup', input: { AutoScalingGroupName: group, MaxSize: to } },
    params: { from, to },
    // With UpdateAutoScalingGroup alone a group that wants more would choose which instance it terminates, with all its tasks.
    mend: goOn(cluster, group, { allowsMore: true }),
    undo,
  }
}

export const updateAutoScalingGroupHandler: StepHandler<UpdateAutoScalingGroup> = {
  async perform(step, input, { aws, signal }) {
    const { from, to } = step.params
    const { group: name } = step.subject
    const { MaxSize, DesiredCapacity = 0 } = await readGroup(aws, name, signal)
    if (MaxSize !== from) return { answer: { $metadata: {} }, notNeeded: `its maximum is ${MaxSize}` }
    // The group would terminate instances with all their tasks to come down to its maximum.
    if (DesiredCapacity > to) return { skipped: `${name} wants ${DesiredCapacity}` }
    return { answer: await aws.call('updateAutoScalingGroup', input, signal) }
  },
  undoPhase: 'forget',
}
