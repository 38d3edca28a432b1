/** Waits until a service runs as many tasks as a step has asked for. */
import type { Service } from '@aws-sdk/client-ecs'
import type { StepContext } from '../engine/stepHandler.ts'
import { followDeployment } from './followDeployment.ts'
import { identityOf } from './verdict.ts'

/**
 * Follows a service to its steady state, as UpdateService has answered it, and fails as a rollout does. With `makesRoom` no
 * more than that no more tasks run: a service whose tasks crash may still make room for those that replace them.
 */
export async function followScaling(
  { step, service, makesRoom = false }: { step: string; service: Service | undefined; makesRoom?: boolean },
  context: StepContext,
): Promise<void> {
  if (!service) throw new Error('UpdateService answered without a service')
  const of = { step, identity: identityOf(service), service, wanted: service.desiredCount }
  const earlyFail = makesRoom ? undefined : context.earlyFail
  await followDeployment({ ...of, rest: makesRoom ? 'room' : 'steady' }, { ...context, earlyFail, until: undefined })
}

/** `2 tasks`: how many a service wants. */
export function shownCount({ desiredCount = 0 }: Service = {}): string {
  return desiredCount === 1 ? '1 task' : `${desiredCount} tasks`
}
