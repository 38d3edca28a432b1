/** CreateLoadBalancer: creates a load balancer. */
import type { PlannedInput, Step, StepKind, UndoSteps } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'
import { balancingTags, foundBy, runIn } from '../standing.ts'

export interface CreateLoadBalancer extends StepKind {
  readonly name: 'createLoadBalancer'
  readonly method: 'createLoadBalancer'
  readonly subject: 'loadBalancer'
  readonly undo: 'deleteLoadBalancer'
}

/** Yields its `arn`, `dnsName` and `zone`. The load balancer is active some minutes later. */
export function createLoadBalancer(
  input: PlannedInput<'createLoadBalancer'>,
  undo: (id: string) => UndoSteps<CreateLoadBalancer>,
): Step<CreateLoadBalancer> {
  const id = `createLoadBalancer ${input.Name}`
  return {
    kind: 'createLoadBalancer',
    id,
    title: `Create load balancer ${input.Name}`,
    subject: { type: 'loadBalancer', name: String(input.Name) },
    call: { method: 'createLoadBalancer', input },
    undo: undo(id),
  }
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html: the call is idempotent. */
export const createLoadBalancerHandler: StepHandler<CreateLoadBalancer> = {
  async perform(_step, input, { aws, signal }) {
    const answer = await aws.call('createLoadBalancer', input, signal)
    const arn = answer.LoadBalancers?.[0]?.LoadBalancerArn ?? ''
    return { answer, ...(await foundBy(runIn(input.Tags), () => balancingTags(aws, arn, signal))) }
  },
  yields: ({ LoadBalancers: [created] = [] }) =>
    created && {
      arn: created.LoadBalancerArn ?? '',
      dnsName: created.DNSName ?? '',
      zone: created.CanonicalHostedZoneId ?? '',
    },
  result: ({ LoadBalancers = [] }) => LoadBalancers[0]?.DNSName,
}
