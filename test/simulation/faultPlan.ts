import type { Random } from './random.ts'

/** How often each fault happens, and what else is against the run. */
export interface FaultPlan {
  readonly throttled: number
  readonly serverError: number
  readonly cutBefore: number
  /** AWS has acted, and its answer is lost. */
  readonly cutAfter: number
  readonly slow: number
  readonly stale: number
  readonly failedEntry: number
  readonly clockJump: number
  /** Calls, counted from the beginning, of which none is answered. */
  readonly outage?: { readonly from: number; readonly length: number }
  /** Whether the local AWS's own request rates hold. */
  readonly buckets: boolean
  /** Milliseconds that every answer takes. */
  readonly latency: number
  /** What draws the faults. */
  readonly seed: number
}

export function faultPlanOf(chance: Random, isCalm: boolean): FaultPlan {
  const share = (most: number): number => (!isCalm && chance.chance(0.4) ? chance.next() * most : 0)
  return {
    throttled: share(0.2),
    serverError: share(0.1),
    cutBefore: share(0.1),
    cutAfter: share(0.15),
    slow: share(0.1),
    stale: share(0.4),
    failedEntry: chance.chance(0.2) ? 0.85 * Number(!isCalm) : share(0.5),
    clockJump: share(0.02),
    ...(!isCalm && chance.chance(0.12) && { outage: { from: chance.integer(1, 60), length: chance.integer(5, 60) } }),
    buckets: chance.chance(0.3),
    latency: chance.chance(0.15) ? chance.integer(10, 200) : 0,
    seed: chance.integer(1, 2 ** 31),
  }
}
