import { followCapacity } from '../followCapacity.ts'
import type { Uncounted } from '../lacking.ts'
import type { Step } from '../../engine/step.ts'
import type { StepKind } from '../../engine/stepHandler.ts'

/** Waits until a group serves the cluster as it wants, where what that takes has been asked for already. */
export function awaitCapacity(
  of: Uncounted & { readonly cluster: string; readonly group: string; readonly batch: string },
): Step<'describeAutoScalingGroups'> {
  const { cluster, group, batch, without, absent } = of
  return {
    id: `describeAutoScalingGroups ${group}/${batch}`,
    title: `Wait until ${group} has its instances in ${cluster}`,
    call: { method: 'describeAutoScalingGroups', input: { AutoScalingGroupNames: [group] } },
    follow: 'capacity',
    facts: { cluster, group, without, absent },
  }
}

export const describeAutoScalingGroupsKind: StepKind<'describeAutoScalingGroups'> = {
  perform: async (_step, input, { aws, signal }) => ({
    answer: await aws.call('describeAutoScalingGroups', input, signal),
  }),
  follow: (step, _answer, context) =>
    followCapacity(
      { step: step.id, ...(step.facts as unknown as Uncounted & { cluster: string; group: string }) },
      context,
    ),
}
