/** How long a follow waits: until its next look, and for what the service is configured to wait. */
import type { Service } from '@aws-sdk/client-ecs'
import { desiredOf } from './verdict.ts'

/**
 * Milliseconds until the next look at a rollout that has gone on for `elapsed`: soon at the beginning and when only the
 * old tasks are left to go, seldom in between, where nothing is decided.
 */
export function pace(elapsed: number, service: Service, id: string): number {
  const ours = service.deployments?.find((deployment) => deployment.id === id)
  const nearlyDone = ours !== undefined && (ours.runningCount ?? 0) >= desiredOf(ours, service)
  if (nearlyDone || elapsed < 60_000) return 5_000
  return elapsed < 300_000 ? 10_000 : 15_000
}

/**
 * Milliseconds that a blue/green, linear or canary deployment of a service waits because it was configured to: its bake
 * time, and the pauses between the steps of its traffic. A rolling update has none. No time-out should count them.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
 */
export function plannedWait({ deploymentConfiguration = {} }: Service): number {
  const {
    strategy,
    bakeTimeInMinutes = 0,
    linearConfiguration = {},
    canaryConfiguration = {},
  } = deploymentConfiguration
  const { stepPercent = 10, stepBakeTimeInMinutes = 6 } = linearConfiguration
  const { canaryBakeTimeInMinutes = 10 } = canaryConfiguration
  // After the last step, which is the whole traffic, there is no pause.
  const linear = strategy === 'LINEAR' ? (Math.ceil(100 / stepPercent) - 1) * stepBakeTimeInMinutes : 0
  const canary = strategy === 'CANARY' ? canaryBakeTimeInMinutes : 0
  return strategy === undefined || strategy === 'ROLLING' ? 0 : (bakeTimeInMinutes + linear + canary) * 60_000
}
