import type { Context } from '../world/operation.ts'
import type { TargetGroupRecord, TargetRecord } from '../world/world.ts'

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
 * Begins to drain a target, or takes it out at once where no load balancer has connections to it (`isInUse` false).
 * What is not registered is passed over.
 */
export function deregisterTarget(context: Context, record: TargetGroupRecord, target: Address, isInUse: boolean): void {
  const existing = findTarget(record, target, context.now)
  if (existing && existing.goneAt === undefined) {
    existing.goneAt = context.now + (isInUse ? deregistrationDelay(record) : 0)
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
