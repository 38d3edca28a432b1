/** How long a follow waits: until its next look, and for what the service is configured to wait. */
import type { Service } from '@aws-sdk/client-ecs'
import { desiredOf } from './verdict.ts'

/** Milliseconds between looks of which a rollout never takes more, seen as a whole: what it saves, it has for its end. */
const usual = 5_000
/** Milliseconds between looks while nothing is decided: until the new tasks run, and then until ECS counts them. */
const calm = 6_000
/** Milliseconds between looks when the end may come at any moment. */
const close = 2_000
/** Milliseconds for which it may then come at any moment. */
const expected = 20_000
/** Milliseconds after which ECS counts a running task that has no health checks as healthy, short of a look. */
const counted = 38_000

/**
 * When to look at a rollout next, told after each look in milliseconds: early at the beginning, where what cannot begin is
 * seen; often when the new tasks are about to be counted or the last of the old ones has gone; seldom in between.
 */
export function pacing(id: string, began: number): (now: number, service: Service) => number {
  let looks = 0
  let fullSince: number | undefined
  let aloneSince: number | undefined
  let wasShort = false
  return (now, service) => {
    const { deployments = [] } = service
    const elapsed = now - began
    if (++looks === 1) return 1_000
    const ours = deployments.find((deployment) => deployment.id === id)
    const isFull = ours !== undefined && (ours.runningCount ?? 0) >= desiredOf(ours, service)
    if (!isFull) {
      fullSince = aloneSince = undefined
      wasShort = true
      return elapsed < 60_000 ? calm : elapsed < 300_000 ? 10_000 : 15_000
    }
    fullSince ??= now
    const isAlone = deployments.every((one) => one === ours || (one.runningCount ?? 0) === 0)
    // Alone from the start it says nothing: the old tasks had gone before all of the new ones ran.
    aloneSince = isAlone ? (aloneSince ?? (now === fullSince ? -Infinity : now)) : undefined
    const full = now - fullSince
    const isClose = now - (aloneSince ?? -Infinity) < expected || (full >= counted && full < counted + expected)
    if (isClose) return (looks - 2) * usual <= elapsed ? close : usual
    // Where none was missing yet, as where tasks are to go, nothing is known of how long it takes.
    return wasShort && full < counted ? Math.min(calm, counted - full) : usual
  }
}

/** The statuses through which a task passes on its way to STOPPED. */
const stopping = new Set(['DEACTIVATING', 'STOPPING', 'DEPROVISIONING'])

/**
 * When to look at one-off tasks next, told after each look by their statuses: early at the beginning, then as often as their
 * log lines are wanted; seldom before they have a place to run, and often when the last of them is about to end.
 */
export function taskPacing(began: number): (now: number, statuses: readonly string[]) => number {
  let looks = 0
  return (now, statuses) => {
    if (++looks === 1) return 1_000
    const open = statuses.filter((status) => status !== 'STOPPED')
    if (open.every((status) => status === 'PROVISIONING')) return 4_000
    const isClose = open.every((status) => stopping.has(status))
    return isClose ? 2_000 : now - began < 60_000 ? 3_000 : 3_500
  }
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
