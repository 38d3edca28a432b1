/** DeleteLoadBalancer: deletes a load balancer and waits until it is gone. */
import { settled } from '../../rollout/settled.ts'
import type { Reference, Step, StepKind } from '../../engine/step.ts'
import { type StepHandler, sends } from '../../engine/stepHandler.ts'

export interface DeleteLoadBalancer extends StepKind {
  readonly name: 'deleteLoadBalancer'
  readonly method: 'deleteLoadBalancer'
  readonly subject: 'loadBalancer'
}

export function deleteLoadBalancer(arn: string | Reference, name: string): Step<DeleteLoadBalancer> {
  return {
    kind: 'deleteLoadBalancer',
    id: `deleteLoadBalancer ${name}`,
    title: `Delete load balancer ${name}`,
    subject: { type: 'loadBalancer', name },
    call: { method: 'deleteLoadBalancer', input: { LoadBalancerArn: arn } },
    follow: 'settled',
  }
}

export const deleteLoadBalancerHandler: StepHandler<DeleteLoadBalancer> = {
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
  undoPhase: 'dismantle',
}
