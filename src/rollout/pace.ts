import type { Service } from '@aws-sdk/client-ecs'

/**
 * Milliseconds until the next look at a rollout that has gone on for `elapsed`: soon at the beginning and when only the
 * old tasks are left to go, seldom in between, where nothing is decided.
 */
export function pace(elapsed: number, service: Service, id: string): number {
  const ours = service.deployments?.find((deployment) => deployment.id === id)
  const nearlyDone = ours !== undefined && (ours.runningCount ?? 0) >= (ours.desiredCount ?? 0)
  if (nearlyDone || elapsed < 60_000) return 5_000
  return elapsed < 300_000 ? 10_000 : 15_000
}
