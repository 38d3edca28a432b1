import type { PlannedInput, Step } from '../../engine/step.ts'
import { type StepKind, sends } from '../../engine/stepHandler.ts'

/** Makes a load balancer; yields its `arn`, `dnsName` and `zone`. It is active some minutes later. */
export function createLoadBalancer(
  input: PlannedInput<'createLoadBalancer'>,
  undo: (id: string) => readonly Step[],
): Step<'createLoadBalancer'> {
  const id = `createLoadBalancer ${input.Name}`
  return {
    id,
    title: `Create load balancer ${input.Name}`,
    call: { method: 'createLoadBalancer', input },
    undo: undo(id),
  }
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html: the same twice is one. */
export const createLoadBalancerKind: StepKind<'createLoadBalancer'> = {
  perform: sends('createLoadBalancer'),
  yields: ({ LoadBalancers: [made] = [] }) =>
    made && {
      arn: made.LoadBalancerArn ?? '',
      dnsName: made.DNSName ?? '',
      zone: made.CanonicalHostedZoneId ?? '',
    },
  result: ({ LoadBalancers = [] }) => LoadBalancers[0]?.DNSName,
}
