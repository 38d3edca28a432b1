/** UpdateService with nothing but a number of tasks, which starts no deployment. */
import { nameOf, serviceKey } from '../../ground/names.ts'
import type { Step, StepKind } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'
import { stopAndGoBack } from '../goneBack.ts'
import { deletedSince, serviceNow, updateExisting } from '../../rollout/deletedService.ts'
import { followScaling, shownCount } from '../../rollout/followScaling.ts'

export interface ScaleService extends StepKind {
  readonly name: 'scaleService'
  readonly method: 'updateService'
  readonly subject: 'service'
  readonly params: {
    /** Whether it is enough that no more tasks are there, as where room is made for others. */
    readonly makesRoom: boolean
  }
  readonly undo: 'scaleService'
}

/** Changes how many tasks a service wants; with `wait`, waits until it is steady. No deployment is started by it. */
export function scaleService(
  of: { readonly cluster: string | undefined; readonly service: string; readonly desiredCount: number },
  {
    undo = [],
    wait,
    makesRoom = false,
  }: { readonly undo?: readonly Step<ScaleService>[]; readonly wait: boolean; readonly makesRoom?: boolean },
): Step<ScaleService> {
  const { cluster, service, desiredCount } = of
  return {
    kind: 'scaleService',
    id: `scaleService ${serviceKey({ cluster, service })} ${desiredCount}`,
    title: `Scale service ${nameOf(service)} to ${desiredCount}`,
    subject: { type: 'service', cluster: nameOf(cluster ?? 'default'), service: nameOf(service) },
    call: { method: 'updateService', input: { ...(cluster !== undefined && { cluster }), service, desiredCount } },
    ...(wait && { follow: 'count' as const }),
    params: { makesRoom },
    undo,
  }
}

export const scaleServiceHandler: StepHandler<ScaleService> = {
  perform: async (_step, input, context) => ({ answer: await updateExisting(input, context) }),
  follow: ({ id, params }, { service }, context) => followScaling({ step: id, service, ...params }, context),
  result: ({ service }) => shownCount(service),
  stop: stopAndGoBack,
  takenOver: async (_step, input, context) => deletedSince(await serviceNow(input, context)),
}
