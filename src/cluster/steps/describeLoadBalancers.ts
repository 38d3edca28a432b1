import { EcsTaskError } from '../../ground/errors.ts'
import { settled } from '../../rollout/settled.ts'
import type { Reference, Step } from '../../engine/step.ts'
import { type StepKind, sends } from '../../engine/stepHandler.ts'

/** Waits until a load balancer is active, which takes minutes: what needs it is made meanwhile. Nothing is changed. */
export function awaitLoadBalancer(arn: string | Reference, name: string): Step<'describeLoadBalancers'> {
  return {
    id: `describeLoadBalancers ${name}`,
    title: `Wait for load balancer ${name}`,
    call: { method: 'describeLoadBalancers', input: { LoadBalancerArns: [arn] } },
    follow: 'settled',
  }
}

export const describeLoadBalancersKind: StepKind<'describeLoadBalancers'> = {
  perform: sends('describeLoadBalancers'),
  async follow({ title }, _answer, context, input) {
    const isActive = async (): Promise<boolean> => {
      const { LoadBalancers: [there] = [] } = await context.aws.call('describeLoadBalancers', input, context.signal)
      const { Code, Reason } = there?.State ?? {}
      if (Code !== 'failed') return Code === 'active' || Code === 'active_impaired'
      throw new EcsTaskError('RefusedByAws', `Load balancer ${there?.LoadBalancerName} could not be made.`, {
        why: Reason,
      })
    }
    await settled(isActive, { what: `${title}: it is not active`, context })
  },
  result: ({ LoadBalancers = [] }) => LoadBalancers[0]?.DNSName,
}
