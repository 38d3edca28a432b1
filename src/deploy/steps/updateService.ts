import type { Service } from '@aws-sdk/client-ecs'
import { followDeployment } from '../../rollout/followDeployment.ts'
import { identityOf, primaryOf } from '../../rollout/verdict.ts'
import type { ServiceUpdate } from '../../definition/definition.ts'
import { nameOf, serviceKey } from '../../ground/names.ts'
import type { Reference, Step } from '../../engine/step.ts'
import { type StepKind, sends } from '../../engine/stepHandler.ts'

/** Updates a service to a revision; followed until the deployment that this starts has completed. */
export function updateService(
  update: ServiceUpdate,
  revision: string | Reference,
  undo: readonly Step[],
  wait: boolean,
): Step<'updateService'> {
  return {
    id: `updateService ${serviceKey(update)}`,
    title: `Update service ${nameOf(update.service)} in ${nameOf(update.cluster ?? 'default')}`,
    call: { method: 'updateService', input: { ...update, taskDefinition: revision } },
    ...(wait && { follow: 'deployment' as const }),
    undo,
  }
}

export const updateServiceKind: StepKind<'updateService'> = {
  perform: sends('updateService'),
  async follow(step, { service }, context) {
    if (!service) throw new Error('UpdateService answered without a service')
    await followDeployment({ step: step.id, identity: identityOf(service), service }, context)
  },
  yields: ({ service }) => service && yielded(service),
  result: ({ service }) => nameOf(service?.taskDefinition ?? ''),
}

/** The deployment that was started, and when: what a way back has to know of it. */
function yielded(service: Service): string | undefined {
  const { id, createdAt } = primaryOf(service) ?? {}
  return id && `${id} ${createdAt?.toISOString() ?? ''}`
}
