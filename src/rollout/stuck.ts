/** Why a rollout can never move. */
import type { Service } from '@aws-sdk/client-ecs'
import { desiredOf } from './verdict.ts'

/**
 * Milliseconds without any change after which ECS's word that nothing has room for a task is believed: it looks for room
 * again about every five minutes, and an instance that was asked for meanwhile has come by the second time.
 */
const patience = 11 * 60_000

/**
 * Why the rollout of deployment `id` can never move, in words; undefined while it can. Either the percentages leave no
 * task that may be stopped and no room to start one, or ECS has said that nothing has room for a task, and nothing has
 * changed for so long. `still` is for how many milliseconds nothing has.
 */
export function stuck(service: Service, id: string, still: number): string | undefined {
  return stuckByPercentages(service, id) ?? (still >= patience ? stuckByCapacity(service, id) : undefined)
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html */
function stuckByPercentages(service: Service, id: string): string | undefined {
  const { desiredCount: desired = 0, deploymentConfiguration = {}, deployments = [] } = service
  const { minimumHealthyPercent = 100, maximumPercent = 200, strategy = 'ROLLING' } = deploymentConfiguration
  const old = deployments
    .filter((deployment) => deployment.id !== id)
    .reduce((sum, one) => sum + (one.runningCount ?? 0), 0)
  const mayStop = Math.min(old, desired) - Math.ceil((desired * minimumHealthyPercent) / 100)
  const mayStart = Math.floor((desired * maximumPercent) / 100) - desired
  if (strategy !== 'ROLLING' || desired === 0 || old < desired || mayStop > 0 || mayStart > 0) return undefined
  return `minimumHealthyPercent ${minimumHealthyPercent} and maximumPercent ${maximumPercent} of ${desired} let ECS neither stop nor start a task`
}

function stuckByCapacity(service: Service, id: string): string | undefined {
  const ours = service.deployments?.find((deployment) => deployment.id === id)
  if (!ours?.createdAt || (ours.pendingCount ?? 0) > 0 || (ours.runningCount ?? 0) >= desiredOf(ours, service))
    return undefined
  const since = ours.createdAt.getTime()
  const told = (service.events ?? []).find(
    ({ message = '', createdAt }) =>
      message.includes('was unable to place a task') && (createdAt?.getTime() ?? 0) >= since,
  )
  return told?.message?.replace(/^\(service [^)]*\) /, '').replace(/\.$/, '')
}
