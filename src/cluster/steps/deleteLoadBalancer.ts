/** DeleteLoadBalancer: deletes a load balancer and waits until it is gone. */
import { type Standing, keptForOthers, unlessKept } from '../standing.ts'
import { settled } from '../../rollout/settled.ts'
import type { Reference, Step, StepKind } from '../../engine/step.ts'
import { type StepHandler, sends } from '../../engine/stepHandler.ts'

export interface DeleteLoadBalancer extends StepKind {
  readonly name: 'deleteLoadBalancer'
  readonly method: 'deleteLoadBalancer'
  readonly subject: 'loadBalancer'
  /** What another run may have made a service on meanwhile; of the way back only. */
  readonly params: { readonly standing: Standing | undefined }
}

export function deleteLoadBalancer(
  arn: string | Reference,
  name: string,
  standing?: Standing,
): Step<DeleteLoadBalancer> {
  return {
    kind: 'deleteLoadBalancer',
    id: `deleteLoadBalancer ${name}`,
    title: `Delete load balancer ${name}`,
    subject: { type: 'loadBalancer', name },
    call: { method: 'deleteLoadBalancer', input: { LoadBalancerArn: arn } },
    params: { standing },
    follow: 'settled',
  }
}

const send = sends('deleteLoadBalancer', ['LoadBalancerNotFoundException'])

export const deleteLoadBalancerHandler: StepHandler<DeleteLoadBalancer> = {
  perform: (step, input, context) => unlessKept(step, context, () => send(step, input, context)),
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
  takenOver: keptForOthers,
  undoPhase: 'dismantle',
}
