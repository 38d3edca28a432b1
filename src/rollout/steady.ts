/** Whether a service has come to rest, where no deployment of it is under way. */
import type { Service } from '@aws-sdk/client-ecs'
import { primaryOf } from './verdict.ts'

/** Milliseconds without any news after which the right number of tasks is enough, where ECS does not say that it is steady. */
const patience = 60_000

/**
 * Whether the PRIMARY deployment runs all its tasks and goes on doing so: ECS says that the service is steady and has
 * started or stopped none since; or nothing was heard of it for `quiet` milliseconds. That the number is right at one look
 * proves nothing of tasks that end a moment later. ECS counts a task once it has run for 40 s or its checks are healthy.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html
 */
export function isSteady(service: Service, quiet: number): boolean {
  const { runningCount, pendingCount = 0 } = primaryOf(service) ?? {}
  if (runningCount !== service.desiredCount || pendingCount > 0) return false
  const told = service.events?.find(({ message = '' }) =>
    /reached a steady state|has (started|stopped) \d/.test(message),
  )
  return told?.message?.includes('reached a steady state') === true || quiet >= patience
}

/** Whether no more tasks than it wants are there, in whatever state they are. */
export function hasMadeRoom({ desiredCount = 0, runningCount = 0, pendingCount = 0 }: Service): boolean {
  return runningCount + pendingCount <= desiredCount
}
