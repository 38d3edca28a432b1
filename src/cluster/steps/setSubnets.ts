import type { Step } from '../../engine/step.ts'
import { type StepKind, sends } from '../../engine/stepHandler.ts'

/** Where a load balancer is: in which subnets, behind which security groups. */
export interface Place {
  readonly arn: string
  readonly name: string
  readonly before: readonly string[]
  readonly after: readonly string[]
}

/** Moves a load balancer to other subnets, and back again should the run fail. */
export function setSubnets(place: Place, changes: readonly string[]): Step {
  return moved(place, changes, (Subnets) => ({
    method: 'setSubnets',
    input: { LoadBalancerArn: place.arn, Subnets },
  }))
}

/** Gives a load balancer other security groups, and its own again should the run fail. */
export function setSecurityGroups(place: Place, changes: readonly string[]): Step {
  return moved(place, changes, (SecurityGroups) => ({
    method: 'setSecurityGroups',
    input: { LoadBalancerArn: place.arn, SecurityGroups },
  }))
}

function moved(
  { name, before, after }: Place,
  changes: readonly string[],
  callOf: (ids: readonly string[]) => Step['call'],
): Step {
  const call = callOf(after)
  const what = call.method === 'setSubnets' ? 'subnets' : 'security groups'
  const back: Step = {
    id: `${call.method} ${name} back`,
    title: `Put load balancer ${name} back into its ${what}`,
    call: callOf(before),
  }
  return {
    id: `${call.method} ${name}`,
    title: `Put load balancer ${name} into other ${what}`,
    call,
    changes,
    undo: [back],
  }
}

export const setSubnetsKind: StepKind<'setSubnets'> = { perform: sends('setSubnets') }

export const setSecurityGroupsKind: StepKind<'setSecurityGroups'> = { perform: sends('setSecurityGroups') }
