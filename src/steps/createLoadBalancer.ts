import { EcsTaskError } from '../errors.ts'
import { settled } from '../following/settled.ts'
import type { PlannedInput, Step } from '../step.ts'
import { type StepKind, sends } from '../stepKind.ts'

/** Makes a load balancer and waits until it is active; yields its `arn`, `dnsName` and `zone`. */
export function createLoadBalancer(
  input: PlannedInput<'createLoadBalancer'>,
  undo: (id: string) => readonly Step[],
): Step<'createLoadBalancer'> {
  const id = `createLoadBalancer ${input.Name}`
  return {
    id,
    title: `Create load balancer ${input.Name}`,
    call: { method: 'createLoadBalancer', input },
    follow: 'settled',
    undo: undo(id),
  }
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html: the same twice is one. */
export const createLoadBalancerKind: StepKind<'createLoadBalancer'> = {
  perform: sends('createLoadBalancer'),
  async follow(_step, { LoadBalancers: [made] = [] }, context) {
    const { LoadBalancerArn = '', LoadBalancerName = '' } = made ?? {}
    const isActive = async (): Promise<boolean> => {
      const { LoadBalancers = [] } = await context.aws.call(
        'describeLoadBalancers',
        { LoadBalancerArns: [LoadBalancerArn] },
        context.signal,
      )
      const { Code, Reason } = LoadBalancers[0]?.State ?? {}
      if (Code !== 'failed') return Code === 'active'
      throw new EcsTaskError('RefusedByAws', `Load balancer ${LoadBalancerName} could not be made.`, { why: Reason })
    }
    await settled(isActive, { what: `Load balancer ${LoadBalancerName} is not active`, context })
  },
  yields: ({ LoadBalancers: [made] = [] }) =>
    made && {
      arn: made.LoadBalancerArn ?? '',
      dnsName: made.DNSName ?? '',
      zone: made.CanonicalHostedZoneId ?? '',
    },
  result: ({ LoadBalancers = [] }) => LoadBalancers[0]?.DNSName,
}
