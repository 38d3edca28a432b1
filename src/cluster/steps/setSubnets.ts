/** SetSubnets and SetSecurityGroups: gives a load balancer other subnets or security groups. */
import type { Step, StepKind } from '../../engine/step.ts'
import { type StepHandler, sends } from '../../engine/stepHandler.ts'

export interface SetSubnets extends StepKind {
  readonly name: 'setSubnets'
  readonly method: 'setSubnets'
  readonly subject: 'loadBalancer'
  readonly undo: 'setSubnets'
}

export interface SetSecurityGroups extends StepKind {
  readonly name: 'setSecurityGroups'
  readonly method: 'setSecurityGroups'
  readonly subject: 'loadBalancer'
  readonly undo: 'setSecurityGroups'
}

/** A load balancer, and the ids of its subnets or its security groups. */
interface LoadBalancerChange {
  readonly arn: string
  readonly name: string
  readonly before: readonly string[]
  readonly after: readonly string[]
}

/** Undone by giving it its subnets back. */
export function setSubnets(
  { arn, name, before, after }: LoadBalancerChange,
  changes: readonly string[],
): Step<SetSubnets> {
  const to = (Subnets: readonly string[]): Pick<Step<SetSubnets>, 'kind' | 'subject' | 'call'> => ({
    kind: 'setSubnets',
    subject: { type: 'loadBalancer', name },
    call: { method: 'setSubnets', input: { LoadBalancerArn: arn, Subnets } },
  })
  const { back, there } = titles('setSubnets', name, 'subnets')
  return { ...there, ...to(after), changes, undo: [{ ...back, ...to(before) }] }
}

/** Undone by giving it its security groups back. */
export function setSecurityGroups(
  { arn, name, before, after }: LoadBalancerChange,
  changes: readonly string[],
): Step<SetSecurityGroups> {
  const to = (SecurityGroups: readonly string[]): Pick<Step<SetSecurityGroups>, 'kind' | 'subject' | 'call'> => ({
    kind: 'setSecurityGroups',
    subject: { type: 'loadBalancer', name },
    call: { method: 'setSecurityGroups', input: { LoadBalancerArn: arn, SecurityGroups } },
  })
  const { back, there } = titles('setSecurityGroups', name, 'security groups')
  return { ...there, ...to(after), changes, undo: [{ ...back, ...to(before) }] }
}

type Named = Pick<Step, 'id' | 'title'>

function titles(kind: string, name: string, what: string): { readonly there: Named; readonly back: Named } {
  return {
    there: { id: `${kind} ${name}`, title: `Put load balancer ${name} into other ${what}` },
    back: { id: `${kind} ${name} back`, title: `Put load balancer ${name} back into its ${what}` },
  }
}

export const setSubnetsHandler: StepHandler<SetSubnets> = { perform: sends('setSubnets') }

export const setSecurityGroupsHandler: StepHandler<SetSecurityGroups> = { perform: sends('setSecurityGroups') }
