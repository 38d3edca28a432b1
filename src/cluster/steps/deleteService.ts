/** DeleteService: stops a service's tasks and deletes it; waits until the last task has stopped. */
import { settled } from '../../rollout/settled.ts'
import { nameOf, serviceKey } from '../../ground/names.ts'
import type { Step, StepKind, UndoSteps } from '../../engine/step.ts'
import { type StepHandler, sends } from '../../engine/stepHandler.ts'

export interface DeleteService extends StepKind {
  readonly name: 'deleteService'
  readonly method: 'deleteService'
  readonly subject: 'service'
  readonly undo: 'createService'
}

export function deleteService(
  { cluster, service }: { readonly cluster: string; readonly service: string },
  undo: UndoSteps<DeleteService> = [],
): Step<DeleteService> {
  return {
    kind: 'deleteService',
    id: `deleteService ${serviceKey({ cluster, service })}`,
    title: `Delete service ${service} in ${nameOf(cluster)}`,
    subject: { type: 'service', cluster: nameOf(cluster), service },
    call: { method: 'deleteService', input: { cluster, service, force: true } },
    follow: 'settled',
    undo,
  }
}

export const deleteServiceHandler: StepHandler<DeleteService> = {
  perform: sends('deleteService', ['ServiceNotFoundException', 'ServiceNotActiveException']),
  async follow({ title }, _answer, { aws, signal, ...context }, { cluster, service = '' }) {
    const isGone = async (): Promise<boolean> => {
      const { services = [] } = await aws.call('describeServices', { cluster, services: [service] }, signal)
      return services.every(({ status, runningCount }) => status === 'INACTIVE' && !runningCount)
    }
    await settled(isGone, { what: `${title}: tasks are still running`, context: { ...context, aws, signal } })
  },
}
