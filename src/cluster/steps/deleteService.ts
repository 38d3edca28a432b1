/** DeleteService: stops a service's tasks and deletes it; waits until the last task has stopped. */
import { lookAt } from '../../rollout/servicePoller.ts'
import { settled } from '../../rollout/settled.ts'
import { nameOf, serviceKey } from '../../ground/names.ts'
import type { Step, StepKind, UndoSteps } from '../../engine/step.ts'
import { type StepHandler, sends } from '../../engine/stepHandler.ts'

export interface DeleteService extends StepKind {
  readonly name: 'deleteService'
  readonly method: 'deleteService'
  readonly subject: 'service'
  readonly undo: 'createService' | 'scaleAgain'
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
  async follow({ title }, _answer, context, { cluster = 'default', service = '' }) {
    const isGone = async (): Promise<boolean> => {
      const seen = await lookAt({ cluster, service, milliseconds: 0 }, context, context.signal)
      return !seen || (seen.status === 'INACTIVE' && !seen.runningCount)
    }
    await settled(isGone, { what: `${title}: tasks are still running`, context })
  },
}
