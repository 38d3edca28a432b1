/** CreateService: a service, until its first deployment has completed. */
import type { Service } from '@aws-sdk/client-ecs'
import type { Input } from '../../aws/aws.ts'
import { refusalOf } from '../../aws/retry.ts'
import { followDeployment } from '../../rollout/followDeployment.ts'
import { settled } from '../../rollout/settled.ts'
import { identityOf } from '../../rollout/verdict.ts'
import { type RevisionCopy, copyCommand, registerCopy } from '../../deploy/revisionCopy.ts'
import { nameOf, serviceKey } from '../../ground/names.ts'
import type { PlannedInput, Step, StepKind, UndoSteps } from '../../engine/step.ts'
import type { StepContext, StepHandler } from '../../engine/stepHandler.ts'

export interface CreateService extends StepKind {
  readonly name: 'createService'
  readonly method: 'createService'
  readonly subject: 'service'
  readonly params: {
    /** What to register where the revision is no longer ACTIVE. */
    readonly copy: RevisionCopy | undefined
  }
  readonly undo: 'deleteService'
}

/** Makes a service; followed until its first deployment has completed. */
export function createService(
  input: PlannedInput<'createService'>,
  undo: UndoSteps<CreateService>,
  wait: boolean,
  copy?: RevisionCopy,
): Step<CreateService> {
  const { cluster, serviceName } = input as { cluster?: string; serviceName: string }
  return {
    kind: 'createService',
    id: `createService ${serviceKey({ cluster, service: serviceName })}`,
    title: `Create service ${serviceName} in ${nameOf(cluster ?? 'default')}`,
    subject: { type: 'service', cluster: nameOf(cluster ?? 'default'), service: serviceName },
    call: { method: 'createService', input },
    ...(wait && { follow: 'deployment' as const }),
    undo,
    params: { copy },
    ...(copy && { mend: copyCommand(copy, 'create-service', input) }),
  }
}

export const createServiceHandler: StepHandler<CreateService> = {
  async perform({ title, params: { copy } }, planned, context) {
    const input = copy ? { ...planned, taskDefinition: await registerCopy(copy, context) } : planned
    let service: Service | undefined
    const isMade = async (): Promise<boolean> => {
      service = await made(input, context)
      return service !== undefined
    }
    await settled(isMade, { what: `${title}: one of that name is still draining`, context })
    return { answer: { service, $metadata: {} } }
  },
  async follow(step, { service }, context) {
    if (!service) throw new Error('CreateService answered without a service')
    await followDeployment({ step: step.id, identity: identityOf(service), service }, context)
  },
  result: ({ service }) => nameOf(service?.taskDefinition ?? ''),
  undoPhase: 'recreate',
}

/**
 * The service; undefined while a deleted one of its name is still draining. One that is there already, and runs just this
 * revision, is the one whose answer was lost.
 */
async function made(input: Input<'createService'>, { aws, signal }: StepContext): Promise<Service | undefined> {
  try {
    return (await aws.call('createService', input, signal)).service
  } catch (error) {
    const { message } = refusalOf(error)
    if (/still Draining/i.test(message)) return undefined
    if (!/not idempotent/i.test(message)) throw error
    const { services = [] } = await aws.call(
      'describeServices',
      { cluster: input.cluster, services: [input.serviceName ?? ''] },
      signal,
    )
    const there = services.find(
      ({ status, taskDefinition }) => status === 'ACTIVE' && taskDefinition === input.taskDefinition,
    )
    if (!there) throw error
    return there
  }
}
