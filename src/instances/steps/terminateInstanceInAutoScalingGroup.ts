/** TerminateInstanceInAutoScalingGroup: terminates an instance that is in its group. */
import { terminateInGroup } from '../scaleIn.ts'
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
  perform: async (step, input, { aws, signal }) => ({
    answer: await terminateInGroup(aws, { group: step.subject.group, input }, signal),
  }),
  // The answer has no activity if somebody else had terminated the instance.
  yields: ({ Activity }) => (Activity ? undefined : 'terminated by somebody else'),
}
