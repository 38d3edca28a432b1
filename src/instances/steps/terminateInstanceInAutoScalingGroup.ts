/** TerminateInstanceInAutoScalingGroup: an instance goes from its group. */
import { terminateInGroup } from '../terminateInGroup.ts'
import type { Step, StepKind } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'

export interface TerminateInstanceInAutoScalingGroup extends StepKind {
  readonly name: 'terminateInstanceInAutoScalingGroup'
  readonly method: 'terminateInstanceInAutoScalingGroup'
  readonly subject: 'instances'
}

/** Terminates an instance in its group: one that is replaced already, or one for which the group then starts another. */
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

/** The answer; without an activity where somebody else had terminated the instance. */
type Terminated = { readonly Activity?: object | undefined }

export const terminateInstanceInAutoScalingGroupHandler: StepHandler<TerminateInstanceInAutoScalingGroup> = {
  perform: async (step, input, { aws, signal }) => ({
    answer: await terminateInGroup(aws, { group: step.subject.group, input }, signal),
  }),
  yields: ({ Activity }: Terminated) => (Activity ? undefined : 'terminated by somebody else'),
}
