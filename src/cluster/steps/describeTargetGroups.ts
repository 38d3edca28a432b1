/** DescribeTargetGroups: how CloudWatch labels the requests of a target group; changes nothing. */
import type { Output } from '../../aws/aws.ts'
import { settled } from '../../rollout/settled.ts'
import type { Reference, Step, StepKind } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'
import { requestLabel } from '../scaling/requestLabel.ts'

export interface DescribeTargetGroups extends StepKind {
  readonly name: 'describeTargetGroups'
  readonly method: 'describeTargetGroups'
  readonly subject: 'targetGroup'
}

/** Yields the label of a target group, which a listener has to lead to. */
export function labelTargetGroup(arn: string | Reference, name: string): Step<DescribeTargetGroups> {
  return {
    kind: 'describeTargetGroups',
    id: `describeTargetGroups ${name}`,
    title: `Look up the load balancer of target group ${name}`,
    subject: { type: 'targetGroup', name },
    call: { method: 'describeTargetGroups', input: { TargetGroupArns: [arn] } },
  }
}

export const describeTargetGroupsHandler: StepHandler<DescribeTargetGroups> = {
  async perform({ title }, input, context) {
    const look = () => context.aws.call('describeTargetGroups', input, context.signal)
    let answer = await look()
    // A listener that was just made may not be seen yet.
    const hasOne = async (): Promise<boolean> => {
      if (labelIn(answer) !== undefined) return true
      answer = await look()
      return labelIn(answer) !== undefined
    }
    await settled(hasOne, { what: `${title}: it has none`, context })
    return { answer }
  },
  yields: labelIn,
}

function labelIn({ TargetGroups: [group] = [] }: Output<'describeTargetGroups'>): string | undefined {
  const { TargetGroupArn, LoadBalancerArns: [balancer] = [] } = group ?? {}
  return TargetGroupArn === undefined || balancer === undefined ? undefined : requestLabel(balancer, TargetGroupArn)
}
