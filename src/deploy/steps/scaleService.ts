/** UpdateService with nothing but a number of tasks, which starts no deployment. */
import type { Service } from '@aws-sdk/client-ecs'
import { EcsTaskError } from '../../ground/errors.ts'
import { nameOf, serviceKey } from '../../ground/names.ts'
import type { Step, StepKind } from '../../engine/step.ts'
import { type StepContext, type StepHandler, sends } from '../../engine/stepHandler.ts'
import { stopDeployment } from '../../rollout/stopDeployment.ts'
import { lookAt } from '../../rollout/servicePoller.ts'

export interface ScaleService extends StepKind {
  readonly name: 'scaleService'
  readonly method: 'updateService'
  readonly subject: 'service'
  readonly undo: 'scaleService'
}

/** Milliseconds between two looks at the number of tasks. */
const interval = 5_000

/** Changes how many tasks a service wants; with `wait`, waits until as many run. No deployment is started by it. */
export function scaleService(
  of: { readonly cluster: string | undefined; readonly service: string; readonly desiredCount: number },
  undo: readonly Step<ScaleService>[] = [],
  wait = true,
): Step<ScaleService> {
  const { cluster, service, desiredCount } = of
  return {
    kind: 'scaleService',
    id: `scaleService ${serviceKey({ cluster, service })} ${desiredCount}`,
    title: `Scale service ${nameOf(service)} to ${desiredCount}`,
    subject: { type: 'service', cluster: nameOf(cluster ?? 'default'), service: nameOf(service) },
    call: { method: 'updateService', input: { ...(cluster !== undefined && { cluster }), service, desiredCount } },
    ...(wait && { follow: 'count' as const }),
    undo,
  }
}

export const scaleServiceHandler: StepHandler<ScaleService> = {
  perform: sends('updateService'),
  follow: (_step, { service }, context) => followCount(service, context),
  result: ({ service }) => shownCount(service),
  stop: stopDeployment,
}

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
