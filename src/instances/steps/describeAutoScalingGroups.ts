/** DescribeAutoScalingGroups: waits until a group serves the cluster with its desired capacity; changes nothing. */
import { activityIds } from '../failedLaunches.ts'
import { type Uncounted, followCapacity } from '../followCapacity.ts'
import type { Step, StepKind } from '../../engine/step.ts'
import { type StepHandler, sends } from '../../engine/stepHandler.ts'

export interface DescribeAutoScalingGroups extends StepKind {
  readonly name: 'describeAutoScalingGroups'
  readonly method: 'describeAutoScalingGroups'
  readonly subject: 'group'
  readonly params: { readonly cluster: string; readonly group: string } & Uncounted
}

/** For capacity that was asked for already. */
export function awaitCapacity(
  of: Uncounted & { readonly cluster: string; readonly group: string; readonly batch: string },
): Step<DescribeAutoScalingGroups> {
  const { cluster, group, batch, without, absent } = of
  return {
    kind: 'describeAutoScalingGroups',
    id: `describeAutoScalingGroups ${group}/${batch}`,
    title: `Wait until ${group} has its instances in ${cluster}`,
    subject: { type: 'group', group },
    call: { method: 'describeAutoScalingGroups', input: { AutoScalingGroupNames: [group] } },
    follow: 'capacity',
    params: { cluster, group, without, absent },
  }
}

export const describeAutoScalingGroupsHandler: StepHandler<DescribeAutoScalingGroups> = {
  perform: sends('describeAutoScalingGroups'),
  async follow(step, _answer, context) {
    const known = await activityIds(context.aws, step.params.group, context.signal)
    await followCapacity({ step: step.id, ...step.params, known }, context)
  },
}
