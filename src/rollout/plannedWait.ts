import type { Service } from '@aws-sdk/client-ecs'

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
