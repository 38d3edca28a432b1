// The lifecycle stages of blue/green, linear and canary deployments: their order, length and traffic weights.
import type { DeploymentConfiguration } from '@aws-sdk/client-ecs'
import type { Wire } from '../../world/wire.ts'
import { lifecycleStages } from '../records.ts'
import type { LifecycleStage } from '../records.ts'

/** Long enough to be seen by whoever polls; AWS's own stages take as long, or longer. */
const shortest = 5000

/**
 * The stage after `stage`, the first one without it. Production traffic may shift in several steps, each with its own
 * PRE_PRODUCTION_TRAFFIC_SHIFT, until all of it (`weight`, percent) goes to the new revision. A service's first
 * deployment has no revision to run beside, so it does not bake.
 */
export function stageAfter(
  stage: LifecycleStage | undefined,
  of: { weight: number; hasSource: boolean; reconciles: boolean },
): LifecycleStage {
  if (stage === undefined) return of.reconciles ? 'RECONCILE_SERVICE' : 'PRE_SCALE_UP'
  if (stage === 'PRODUCTION_TRAFFIC_SHIFT' && of.weight < 100) return 'PRE_PRODUCTION_TRAFFIC_SHIFT'
  if (stage === 'POST_PRODUCTION_TRAFFIC_SHIFT' && !of.hasSource) return 'CLEAN_UP'
  return lifecycleStages[lifecycleStages.indexOf(stage) + 1] ?? 'CLEAN_UP'
}

/** The stage after `stage` on the way back: what has shifted shifts back, and the failed revision's tasks stop. */
export function stageBackAfter(
  stage: LifecycleStage | undefined,
  of: { weight: number; testWeight: number; isWhole: boolean },
): LifecycleStage {
  if (stage === undefined && !of.isWhole) return 'SCALE_UP'
  if (of.weight > 0) return 'PRODUCTION_TRAFFIC_SHIFT'
  return of.testWeight > 0 ? 'TEST_TRAFFIC_SHIFT' : 'CLEAN_UP'
}

/** How much of the production traffic, in percent, goes to the new revision after the next step. */
export function nextWeight(configuration: Wire<DeploymentConfiguration>, weight: number, hasSource: boolean): number {
  if (!hasSource) return 100
  const { strategy, linearConfiguration, canaryConfiguration } = configuration
  if (strategy === 'CANARY' && weight === 0) return canaryConfiguration?.canaryPercent ?? 5
  if (strategy !== 'LINEAR') return 100
  // Steps are in tenths of a percent, which do not add up as fractions.
  return Math.min(100, Math.round(weight * 10 + (linearConfiguration?.stepPercent ?? 10) * 10) / 10)
}

/**
 * The milliseconds that a stage takes, apart from what it waits for; between steps traffic stays as it is for a while.
 * Without a configuration, as on the way back, only as long as can be seen.
 */
export function stageTime(
  stage: LifecycleStage,
  configuration: Wire<DeploymentConfiguration> = {},
  weight = 100,
): number {
  return Math.max(shortest, bakeMinutes(stage, configuration, weight) * 60_000)
}

function bakeMinutes(stage: LifecycleStage, configuration: Wire<DeploymentConfiguration>, weight: number): number {
  if (stage === 'BAKE_TIME') return configuration.bakeTimeInMinutes ?? 0
  if (stage !== 'PRODUCTION_TRAFFIC_SHIFT' || weight === 100) return 0
  if (configuration.strategy === 'LINEAR') return configuration.linearConfiguration?.stepBakeTimeInMinutes ?? 6
  return configuration.strategy === 'CANARY' ? (configuration.canaryConfiguration?.canaryBakeTimeInMinutes ?? 10) : 0
}
