import { EcsTaskError } from '../../ground/errors.ts'
import { nameOf, serviceKey } from '../../ground/names.ts'
import type { Step } from '../../engine/step.ts'
import { type StepKind, sends } from '../../engine/stepHandler.ts'

/** Milliseconds between two looks at the number of tasks. */
const interval = 5_000

/** Changes how many tasks a service wants; with `wait`, waits until as many run. No deployment is started by it. */
export function scaleService(
  of: { readonly cluster: string | undefined; readonly service: string; readonly desiredCount: number },
  undo: readonly Step[] = [],
  wait = true,
): Step<'updateService'> {
  const { cluster, service, desiredCount } = of
  return {
    id: `scaleService ${serviceKey({ cluster, service })} ${desiredCount}`,
    title: `Scale service ${nameOf(service)} to ${desiredCount}`,
    call: { method: 'updateService', input: { ...(cluster !== undefined && { cluster }), service, desiredCount } },
    ...(wait && { follow: 'count' as const }),
    kind: 'scaleService',
    undo,
  }
}

export const scaleServiceKind: StepKind<'updateService'> = {
  perform: sends('updateService'),
  async follow(_step, { service }, { look, clock, signal, timeout }) {
    const { clusterArn: cluster = 'default', serviceName = '', desiredCount } = service ?? {}
    const end = clock.now() + timeout
    for (;;) {
      const seen = await look({ cluster, service: serviceName, milliseconds: interval }, signal)
      if (seen?.desiredCount === desiredCount && seen?.runningCount === desiredCount) return
      if (clock.now() < end) continue
      throw new EcsTaskError('TimedOut', `Service ${serviceName} did not come to ${desiredCount} tasks.`, {
        why: `It runs ${seen?.runningCount ?? 0} and wants ${seen?.desiredCount ?? 0}.`,
      })
    }
  },
  result: ({ service }) => (service?.desiredCount === 1 ? '1 task' : `${service?.desiredCount} tasks`),
}
