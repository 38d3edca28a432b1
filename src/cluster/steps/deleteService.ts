import { settled } from '../../rollout/settled.ts'
import { nameOf, serviceKey } from '../../ground/names.ts'
import type { Step } from '../../engine/step.ts'
import { type StepKind, sends } from '../../engine/stepHandler.ts'

/** Stops a service's tasks and takes it away; waits until the last of them has stopped. */
export function deleteService(
  { cluster, service }: { readonly cluster: string; readonly service: string },
  undo: readonly Step[] = [],
): Step<'deleteService'> {
  return {
    id: `deleteService ${serviceKey({ cluster, service })}`,
    title: `Delete service ${service} in ${nameOf(cluster)}`,
    call: { method: 'deleteService', input: { cluster, service, force: true } },
    follow: 'settled',
    undo,
  }
}

export const deleteServiceKind: StepKind<'deleteService'> = {
  perform: sends('deleteService', ['ServiceNotFoundException', 'ServiceNotActiveException']),
  async follow({ title }, _answer, { aws, signal, ...context }, { cluster, service = '' }) {
    const isGone = async (): Promise<boolean> => {
      const { services = [] } = await aws.call('describeServices', { cluster, services: [service] }, signal)
      return services.every(({ status, runningCount }) => status === 'INACTIVE' && !runningCount)
    }
    await settled(isGone, { what: `${title}: tasks are still running`, context: { ...context, aws, signal } })
  },
}
