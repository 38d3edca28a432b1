/** Policies of others that go by a target group which their service leaves: they go by the one that it gets, or are named. */
import type { ScalingPolicy } from '@aws-sdk/client-application-auto-scaling'
import type { TargetName } from '../../deploy/scaling/scalableTargets.ts'
import type { Planned, PlannedInput, Reference, Step } from '../../engine/step.ts'
import type { Found } from '../found.ts'
import { putScalingPolicy } from '../steps/putScalingPolicy.ts'
import { asWayBack, changesOf } from '../work.ts'
import { ofOthers } from './ours.ts'
import { policyInput } from './policyWork.ts'

/** The target groups that a service leaves, each as `targetgroup/web/73e2d6bc24d8a067`. */
export function groupsLeft(
  { services }: Found,
  service: string,
  loadBalancers: readonly Planned<{ targetGroupArn?: string | undefined }>[],
): string[] {
  const stays = loadBalancers.map(({ targetGroupArn }) => targetGroupArn)
  const { loadBalancers: has = [] } = services.get(service) ?? {}
  return has.flatMap(({ targetGroupArn: arn }) => (arn && !stays.includes(arn) ? (arn.split(':').at(-1) ?? []) : []))
}

/** The policies of others that go by the requests to one of these target groups. */
export function byRequestsTo(left: readonly string[], { scaling }: Found, service: string): readonly ScalingPolicy[] {
  const existing = scaling.get(service)
  return existing ? ofOthers(existing).policies.filter((one) => labelsOf(one, left).length > 0) : []
}

type Put = PlannedInput<'putScalingPolicy'> & TargetName

/** PutScalingPolicy's input with `label` in the place of those of the target groups that are left. */
export function relabelled(input: Put, left: readonly string[], label: string | Reference): Put {
  const inside = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inside)
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([member, one]) => [member, inside(one)]))
    }
    return isLabel(value, left) ? label : value
  }
  return inside(input) as Put
}

/** Sets those of a service that stays and gets another target group. */
export function relabelling(
  of: TargetName,
  policies: readonly ScalingPolicy[],
  { left, label }: { readonly left: readonly string[]; readonly label: string | Reference },
): Step[] {
  return policies.map((policy) => {
    const before = policyInput(of, policy)
    const changes = changesOf({ load_balancer: [labelsOf(policy, left)[0], label] })
    return putScalingPolicy(relabelled(before, left, label), {
      changes,
      undo: [asWayBack(putScalingPolicy(before, { undo: [] }))],
    })
  })
}

/** Those that scale no more: nobody knows the label of the new target group, or they name the old one in a metric of their own. */
export function deadPolicies(
  left: readonly string[],
  { scaling }: Found,
  { service, label }: { readonly service: string; readonly label: string | Reference | undefined },
): string[] {
  const existing = scaling.get(service)
  const policies = existing ? ofOthers(existing).policies : []
  return policies.flatMap(({ Alarms: _, ...policy }) => {
    const isLabelled = labelsOf(policy, left).length > 0
    const isNamed = left.some((group) => JSON.stringify(policy).includes(group))
    if (!isNamed || (isLabelled && label !== undefined)) return []
    return `Scaling policy ${policy.PolicyName} of service ${service} goes by a target group that the service leaves, and scales no more: set it again by hand.`
  })
}

function isLabel(value: unknown, left: readonly string[]): value is string {
  return typeof value === 'string' && value.startsWith('app/') && left.some((group) => value.endsWith(`/${group}`))
}

function labelsOf(value: unknown, left: readonly string[]): string[] {
  if (isLabel(value, left)) return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap((one) => labelsOf(one, left)) : []
}
