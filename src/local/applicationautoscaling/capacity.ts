// The number of tasks of a service, as Application Auto Scaling changes it.
import type { Context } from '../world/operation.ts'
import { own } from '../world/own.ts'
import { schedulerDelay, wake } from '../world/wake.ts'
import type { ScalableTargetRecord } from '../world/world.ts'

/**
 * Brings the number of tasks of a service into the range of its scalable target.
 * https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html
 */
export function keepInRange(context: Context, { ResourceId, MinCapacity, MaxCapacity }: ScalableTargetRecord): void {
  const record = own(context.region.services, ResourceId.slice('service/'.length))
  if (!record || record.service.status !== 'ACTIVE') return
  const { desiredCount } = record.service
  const wanted = Math.min(Math.max(desiredCount, MinCapacity), MaxCapacity)
  if (wanted === desiredCount) return
  record.service.desiredCount = wanted
  record.steady = false
  wake(record, context.now + schedulerDelay)
}
