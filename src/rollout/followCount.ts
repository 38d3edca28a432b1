/** Waits until a service runs as many tasks as it wants. */
import type { Service } from '@aws-sdk/client-ecs'
import type { StepContext } from '../engine/stepHandler.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { lookAt } from './servicePoller.ts'

/** Milliseconds between two looks at the number of tasks. */
const interval = 5_000

/** Waits until a service, as UpdateService has answered it, runs as many tasks as it wants. */
export async function followCount(service: Service | undefined, context: StepContext): Promise<void> {
  const { clock, signal, timeout } = context
  const { clusterArn: cluster = 'default', serviceName = '', desiredCount } = service ?? {}
  const end = clock.now() + timeout
  for (;;) {
    const seen = await lookAt({ cluster, service: serviceName, milliseconds: interval }, context, signal)
    if (seen?.desiredCount === desiredCount && seen?.runningCount === desiredCount) return
    if (clock.now() < end) continue
    throw new EcsTaskError('TimedOut', `Service ${serviceName} did not come to ${desiredCount} tasks.`, {
      why: `It runs ${seen?.runningCount ?? 0} and wants ${seen?.desiredCount ?? 0}.`,
    })
  }
}

/** `2 tasks`: how many a service wants. */
export function shownCount(service: Service | undefined): string {
  return service?.desiredCount === 1 ? '1 task' : `${service?.desiredCount} tasks`
}
