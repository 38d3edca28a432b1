import { terminateInGroup } from '../terminateInGroup.ts'
import type { Step } from '../../engine/step.ts'
import type { StepKind } from '../../engine/stepHandler.ts'

/** Terminates an instance in its group: one that is replaced already, or one for which the group then starts another. */
export function terminateInstanceInAutoScalingGroup(of: {
  readonly group: string
  readonly instance: string
  readonly isReplaced: boolean
}): Step<'terminateInstanceInAutoScalingGroup'> {
  const { group, instance, isReplaced } = of
  return {
    id: `terminateInstanceInAutoScalingGroup ${instance}`,
    title: `Terminate ${instance}${isReplaced ? '' : `, for which ${group} then starts another`}`,
    call: {
      method: 'terminateInstanceInAutoScalingGroup',
      input: { InstanceId: instance, ShouldDecrementDesiredCapacity: isReplaced },
    },
    facts: { group },
  }
}

/** The answer; without an activity where somebody else had terminated the instance. */
type Terminated = { readonly Activity?: object | undefined }

export const terminateInstanceInAutoScalingGroupKind: StepKind<'terminateInstanceInAutoScalingGroup'> = {
  perform: async (step, input, { aws, signal }) => ({
    answer: await terminateInGroup(aws, { group: step.facts?.['group'] as string, input }, signal),
  }),
  yields: ({ Activity }: Terminated) => (Activity ? undefined : 'terminated by somebody else'),
}
