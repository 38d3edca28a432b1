/** UpdateService with nothing but a number of tasks, which starts no deployment. */
import { nameOf, serviceKey } from '../../ground/names.ts'
import type { Step, StepKind } from '../../engine/step.ts'
import { type StepHandler, sends } from '../../engine/stepHandler.ts'
import { stopDeployment } from '../../rollout/stopDeployment.ts'
import { followCount, shownCount } from '../../rollout/followCount.ts'

export interface ScaleService extends StepKind {
  readonly name: 'scaleService'
  readonly method: 'updateService'
  readonly subject: 'service'
  readonly undo: 'scaleService'
}

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
