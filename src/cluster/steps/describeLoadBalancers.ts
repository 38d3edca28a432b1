/** DescribeLoadBalancers: waits until a load balancer is active; changes nothing. */
import { EcsTaskError } from '../../ground/errors.ts'
import { settled } from '../../rollout/settled.ts'
import type { Reference, Step, StepKind } from '../../engine/step.ts'
import { type StepHandler, sends } from '../../engine/stepHandler.ts'

export interface DescribeLoadBalancers extends StepKind {
  readonly name: 'describeLoadBalancers'
  readonly method: 'describeLoadBalancers'
  readonly subject: 'loadBalancer'
}

/** It takes minutes: what needs the load balancer is created in the meantime. */
export function awaitLoadBalancer(arn: string | Reference, name: string): Step<DescribeLoadBalancers> {
  return {
    kind: 'describeLoadBalancers',
    id: `describeLoadBalancers ${name}`,
    title: `Wait for load balancer ${name}`,
    subject: { type: 'loadBalancer', name },
    call: { method: 'describeLoadBalancers', input: { LoadBalancerArns: [arn] } },
    follow: 'settled',
  }
}

export const describeLoadBalancersHandler: StepHandler<DescribeLoadBalancers> = {
  perform: sends('describeLoadBalancers'),
  async follow({ title }, _answer, context, input) {
    const isActive = async (): Promise<boolean> => {
      const { LoadBalancers: [there] = [] } = await context.aws.call('describeLoadBalancers', input, context.signal)
      const { Code, Reason } = there?.State ?? {}
      if (Code !== 'failed') return Code === 'active' || Code === 'active_impaired'
      throw new EcsTaskError('RefusedByAws', `Load balancer ${there?.LoadBalancerName} could not be created.`, {
        why: Reason,
      })
    }
    await settled(isActive, { what: `${title}: it is not active`, context })
  },
  result: ({ LoadBalancers = [] }) => LoadBalancers[0]?.DNSName,
}
