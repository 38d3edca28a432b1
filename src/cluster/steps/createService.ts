/** CreateService: creates a service and follows its first deployment. */
import type { Service } from '@aws-sdk/client-ecs'
import type { Input } from '../../aws/aws.ts'
import { refusalOf } from '../../aws/retry.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { creationInput } from '../creationInput.ts'
import { runIn } from '../standing.ts'
import { followDeployment } from '../../rollout/followDeployment.ts'
import { settled } from '../../rollout/settled.ts'
import { hasTakenOver, identityOf, isStarted, startedIn } from '../../rollout/verdict.ts'
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

export function createService(
  input: PlannedInput<'createService'>,
  undo: UndoSteps<CreateService>,
  wait: boolean,
  copy?: RevisionCopy,
): Step<CreateService> {
  const [cluster, service] = [String(input.cluster ?? 'default'), String(input.serviceName)]
  return {
    kind: 'createService',
    id: `createService ${serviceKey({ cluster, service })}`,
    title: `Create service ${service} in ${nameOf(cluster)}`,
    subject: { type: 'service', cluster: nameOf(cluster), service },
    call: { method: 'createService', input },
    ...(wait && { follow: 'deployment' as const }),
    undo,
    params: { copy },
    ...(copy && { mend: copyCommand(copy, 'create-service', input) }),
  }
}

/** Creates a service once more as it was observed, after it was deleted; there is nothing to undo about it. */
export function recreateService(service: Service, wait: boolean, copy?: RevisionCopy): Step<CreateService> {
  return createService(creationInput(service), [], wait, copy)
}

export const createServiceHandler: StepHandler<CreateService> = {
  async perform({ title, params: { copy } }, planned, context) {
    const input = copy ? { ...planned, taskDefinition: await registerCopy(copy, context) } : planned
    let service: Service | undefined
    const isCreated = async (): Promise<boolean> => {
      service = await created(input, context)
      return service !== undefined
    }
    await settled(isCreated, { what: `${title}: one of that name is still draining`, context })
    return { answer: { service, $metadata: {} } }
  },
  async follow(step, { service }, context) {
    if (!service) throw new Error('CreateService answered without a service')
    await followDeployment({ step: step.id, identity: identityOf(service, 'CreateService'), service }, context)
  },
  async isOthers({ id }, { cluster, serviceName = '' }, { aws, signal, values }) {
    const { services = [] } = await aws.call('describeServices', { cluster, services: [serviceName] }, signal)
    const started = values.get(id)
    return services[0] !== undefined && isStarted(started) && hasTakenOver(services[0], started)
  },
  yields: ({ service }) => service && startedIn(service),
  result: ({ service }) => nameOf(service?.taskDefinition ?? ''),
  // Two runs of a stack that both make its services meet at the first of them, and whoever is quicker there is so everywhere.
  headway: () => 0,
  undoPhase: 'recreate',
}

/**
 * The service; undefined while a deleted one of its name is still draining. One that exists already was created by a call
 * whose answer was lost, if its tags name this run; any other is of somebody who was quicker. Throws `DeploymentSuperseded`.
 */
async function created(input: Input<'createService'>, { aws, signal }: StepContext): Promise<Service | undefined> {
  try {
    return (await aws.call('createService', input, signal)).service
  } catch (error) {
    const { message } = refusalOf(error)
    if (/still Draining/i.test(message)) return undefined
    if (!/not idempotent/i.test(message)) throw error
    const { services = [] } = await aws.call(
      'describeServices',
      { cluster: input.cluster, services: [input.serviceName ?? ''], include: ['TAGS'] },
      signal,
    )
    const [existing] = services.filter(({ status }) => status === 'ACTIVE')
    if (!existing) throw error
    const [mine, makers] = [runIn(input.tags), runIn(existing.tags)]
    const isMine = mine === undefined ? existing.taskDefinition === input.taskDefinition : makers === mine
    if (isMine) return existing
    throw new EcsTaskError('DeploymentSuperseded', `Someone else created service ${input.serviceName} meanwhile.`, {
      why: makers === undefined ? undefined : 'It was another run of this stack.',
      fix: 'ecs-task deleted nothing that it uses. When that run has ended, deploy again.',
      evidence: { byRun: makers !== undefined },
      cause: error,
    })
  }
}
