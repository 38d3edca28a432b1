// A target of a target group: registered, drained, and its health at any moment.
import type {
  TargetHealth,
  TargetHealthReasonEnum,
  TargetHealthStateEnum,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Context, Wire } from '../world/operation.ts'
import { isInUse } from './targetGroup.ts'
import type { Region, TargetGroup, TargetGroupRecord, TargetRecord } from '../world/world.ts'

type Address = Pick<TargetRecord, 'id' | 'port'>

/** Registers a target, or registers anew one that is being drained; one that is registered stays as it is. */
export function registerTarget(context: Context, record: TargetGroupRecord, target: Address, fails = false): void {
  const existing = findTarget(record, target, context.now)
  if (existing && existing.goneAt === undefined) return
  const { id, port } = target
  const others = record.targets.filter((each) => each !== existing && !isGone(each, context.now))
  record.targets = [...others, { id, port, fails, knownAt: checkedAt(context, record, fails) }]
}

/**
 * Begins to drain a target, or takes it out at once where no load balancer has connections to it (`drains` false).
 * What is not registered is passed over.
 */
export function deregisterTarget(context: Context, record: TargetGroupRecord, target: Address, drains: boolean): void {
  const existing = findTarget(record, target, context.now)
  if (existing && existing.goneAt === undefined) {
    existing.goneAt = context.now + (drains ? deregistrationDelay(record) : 0)
  }
  record.targets = record.targets.filter((each) => !isGone(each, context.now))
}

/** The target of that id and port, as long as it is registered or being drained. */
export const findTarget = (record: TargetGroupRecord, { id, port }: Address, now: number): TargetRecord | undefined =>
  record.targets.find((each) => each.id === id && each.port === port && !isGone(each, now))

/** Milliseconds that a deregistered target is drained for. */
export const deregistrationDelay = ({ attributes }: TargetGroupRecord): number =>
  Number(attributes['deregistration_delay.timeout_seconds'] ?? 0) * 1000

/**
 * When health checks that begin now will have told: one for each of the threshold, an interval apart. Targets keep to the
 * settings that their checks began with.
 */
export function checkedAt({ now }: Context, { targetGroup }: TargetGroupRecord, fails: boolean): number {
  const { HealthCheckIntervalSeconds, HealthyThresholdCount, UnhealthyThresholdCount } = targetGroup
  return now + HealthCheckIntervalSeconds * (fails ? UnhealthyThresholdCount : HealthyThresholdCount) * 1000
}

export const isGone = ({ goneAt }: TargetRecord, now: number): boolean => goneAt !== undefined && goneAt <= now

/**
 * What DescribeTargetHealth says about a target of a group at `now`: State, and Reason and Description unless it is
 * healthy. https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html
 */
export function targetHealth(
  region: Region,
  record: TargetGroupRecord,
  target: TargetRecord,
  now: number,
): Wire<TargetHealth> {
  const { TargetGroupArn, HealthCheckEnabled } = record.targetGroup
  if (target.goneAt !== undefined) {
    return target.goneAt > now ? draining : notRegistered
  }
  if (!isInUse(region, TargetGroupArn)) return notInUse
  if (!HealthCheckEnabled) return notChecked
  if (now < target.knownAt) return initial
  return target.fails ? failing(record.targetGroup) : { State: 'healthy' }
}

const state = (
  State: TargetHealthStateEnum,
  Reason: TargetHealthReasonEnum,
  Description: string,
): Wire<TargetHealth> => ({ State, Reason, Description })

export const notRegistered = state('unused', 'Target.NotRegistered', 'Target is not registered to the target group')
const draining = state('draining', 'Target.DeregistrationInProgress', 'Target deregistration is in progress')
const initial = state('initial', 'Elb.InitialHealthChecking', 'Initial health checks in progress')
const notChecked = state('unavailable', 'Target.HealthCheckDisabled', 'Health checks are disabled')
const notInUse = state(
  'unused',
  'Target.NotInUse',
  'Target group is not configured to receive traffic from the load balancer',
)

const failing = ({ HealthCheckProtocol }: TargetGroup): Wire<TargetHealth> =>
  HealthCheckProtocol === 'HTTP' || HealthCheckProtocol === 'HTTPS'
    ? state('unhealthy', 'Target.ResponseCodeMismatch', 'Health checks failed with these codes: [500]')
    : state('unhealthy', 'Target.FailedHealthChecks', 'Health checks failed')
