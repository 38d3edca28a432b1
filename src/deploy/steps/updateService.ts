/** UpdateService: a service goes to a revision. */
import type { LoadBalancer, Service } from '@aws-sdk/client-ecs'
import { deployedSince, serviceNow, updateExisting } from '../../rollout/deletedService.ts'
import { followDeployment } from '../../rollout/followDeployment.ts'
import { identityOf, isStarted, startedIn } from '../../rollout/verdict.ts'
import type { ServiceUpdate } from '../../definition/definition.ts'
import { nameOf, serviceKey } from '../../ground/names.ts'
import type { Reference, Step, StepKind, UndoSteps } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'
import { goneBack, stopAndGoBack } from '../goneBack.ts'
import { headway, overtaken, settleMeetings } from '../meetings.ts'

export interface UpdateService extends StepKind {
  readonly name: 'updateService'
  readonly method: 'updateService'
  readonly subject: 'service'
  readonly undo: 'restoreService'
}

/** Updates a service to a revision; followed until the deployment that this starts has completed. */
export function updateService(
  update: ServiceUpdate,
  revision: string | Reference,
  undo: UndoSteps<UpdateService>,
  wait: boolean,
): Step<UpdateService> {
  return {
    kind: 'updateService',
    id: `updateService ${serviceKey(update)}`,
    title: `Update service ${nameOf(update.service)} in ${nameOf(update.cluster ?? 'default')}`,
    subject: { type: 'service', cluster: nameOf(update.cluster ?? 'default'), service: nameOf(update.service) },
    call: { method: 'updateService', input: { ...update, taskDefinition: revision } },
    ...(wait && { follow: 'deployment' as const }),
    undo,
  }
}

export const updateServiceHandler: StepHandler<UpdateService> = {
  perform: async (_step, input, context) => ({ answer: await updateExisting(input, context) }),
  async follow(step, { service }, context) {
    if (!service) throw new Error('UpdateService answered without a service')
    await followDeployment({ step: step.id, identity: identityOf(service), service, rest: 'steady' }, context)
  },
  headway: ({ service }) => (service && overtaken(service) ? headway : 0),
  settle: (performed, context) => settleMeetings(performed, context),
  yields: ({ service }) => service && startedIn(service),
  result: ({ service }) => nameOf(service?.taskDefinition ?? ''),
  async takenOver({ id }, input, context) {
    const service = await serviceNow(input, context)
    const started = context.values.get(id)
    if (isStarted(started)) return deployedSince(service, started)
    const { loadBalancers = [] } = input
    if (loadBalancers.length === 0 || !loadBalancers.every((one) => isBehind(service, one))) return undefined
    return { skipped: 'somebody else has led it there since', theirs: [service?.taskDefinition ?? ''] }
  },
  stop: stopAndGoBack,
  goneBack,
}

/** Whether somebody else has led a service to where it was to go. */
function isBehind(service: Service | undefined, { targetGroupArn }: LoadBalancer): boolean {
  return service?.loadBalancers?.some((one) => one.targetGroupArn === targetGroupArn) ?? false
}
