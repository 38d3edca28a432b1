import { settled } from '../../rollout/settled.ts'
import type { Reference, Step } from '../../engine/step.ts'
import { type StepKind, sends } from '../../engine/stepHandler.ts'

/** Takes a load balancer away and waits until it is gone. */
export function deleteLoadBalancer(arn: string | Reference, name: string): Step<'deleteLoadBalancer'> {
  return {
    id: `deleteLoadBalancer ${name}`,
    title: `Delete load balancer ${name}`,
    call: { method: 'deleteLoadBalancer', input: { LoadBalancerArn: arn } },
    follow: 'settled',
  }
}

export const deleteLoadBalancerKind: StepKind<'deleteLoadBalancer'> = {
  perform: sends('deleteLoadBalancer', ['LoadBalancerNotFoundException']),
  async follow({ title }, _answer, context, { LoadBalancerArn = '' }) {
    const isGone = (): Promise<boolean> =>
      context.aws.call('describeLoadBalancers', { LoadBalancerArns: [LoadBalancerArn] }, context.signal).then(
        ({ LoadBalancers = [] }) => LoadBalancers.length === 0,
        (error: Error) => {
          if (error.name === 'LoadBalancerNotFoundException') return true
          throw error
        },
      )
    await settled(isGone, { what: `${title}: it is still there`, context })
  },
}
