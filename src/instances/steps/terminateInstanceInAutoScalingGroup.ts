/** TerminateInstanceInAutoScalingGroup: terminates an instance that is in its group. */
import { gone } from '../gone.ts'
import { type Terminated, terminateInGroup } from '../scaleIn.ts'
import type { Step, StepKind } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'

export interface TerminateInstanceInAutoScalingGroup extends StepKind {
  readonly name: 'terminateInstanceInAutoScalingGroup'
  readonly method: 'terminateInstanceInAutoScalingGroup'
  readonly subject: 'instances'
}

/** The instance has been replaced already, or the group starts another for it. */
export function terminateInstanceInAutoScalingGroup(of: {
  readonly group: string
  readonly instance: string
  readonly isReplaced: boolean
}): Step<TerminateInstanceInAutoScalingGroup> {
  const { group, instance, isReplaced } = of
  return {
    kind: 'terminateInstanceInAutoScalingGroup',
    id: `terminateInstanceInAutoScalingGroup ${instance}`,
    title: `Terminate ${instance}${isReplaced ? '' : `, for which ${group} then starts another`}`,
    subject: { type: 'instances', group, instances: [instance] },
    call: {
      method: 'terminateInstanceInAutoScalingGroup',
      input: { InstanceId: instance, ShouldDecrementDesiredCapacity: isReplaced },
    },
  }
}

export const terminateInstanceInAutoScalingGroupHandler: StepHandler<TerminateInstanceInAutoScalingGroup> = {
  async perform(step, input, { aws, signal }) {
    const answer = await terminateInGroup(aws, { group: step.subject.group, input }, signal)
    return { answer, notNeeded: answer.isGone ? gone : undefined }
  },
  yields: ({ isGone }: Terminated) => (isGone ? gone : undefined),
}
