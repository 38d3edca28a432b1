/** CreateService: creates a service and follows its first deployment. */
import type { Service } from '@aws-sdk/client-ecs'
import type { Input } from '../../aws/aws.ts'
import { refusalOf } from '../../aws/retry.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { creationInput } from '../creationInput.ts'
import { runIn } from '../standing.ts'
import { followDeployment } from '../../rollout/followDeployment.ts'
import { settled } from '../../rollout/settled.ts'
import { deployedSince, serviceNow } from '../../rollout/deletedService.ts'
import { identityOf, isStarted, startedIn } from '../../rollout/verdict.ts'
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
    /** The run that creates another service of that name, which is to make room for this one. */
    readonly run?: string
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

/** Creates a service once more as it was observed, after it was deleted by a `run`; there is nothing to undo about it. */
export function recreateService(
  service: Service,
  wait: boolean,
  { copy, run }: { readonly copy?: RevisionCopy | undefined; readonly run?: string } = {},
): Step<CreateService> {
  const step = createService(creationInput(service), [], wait, copy)
  return run === undefined ? step : { ...step, params: { ...step.params, run } }
}

export const createServiceHandler: StepHandler<CreateService> = {
  async perform({ title, params: { copy, run } }, planned, context) {
    const input = copy ? { ...planned, taskDefinition: await registerCopy(copy, context) } : planned
    let service: Service | undefined
    const isCreated = async (): Promise<boolean> => {
      service = await created(input, run, context)
      return service !== undefined
    }
    await settled(isCreated, { what: `${title}: one of that name is still draining`, context })
    return { answer: { service, $metadata: {} } }
  },
  async follow(step, { service }, context) {
    if (!service) throw new Error('CreateService answered without a service')
    const of = { step: step.id, identity: identityOf(service, 'CreateService'), service }
    const isBack = step.undo?.length === 0
    await followDeployment(of, context).catch(async (error: unknown) => {
      throw (isBack && (await replacedBy(service, error, context))) || error
    })
  },
  yields: ({ service }) => service && startedIn(service),
  result: ({ service }) => nameOf(service?.taskDefinition ?? ''),
  // Two runs of a stack that both make its services meet at the first of them, and whoever is quicker there is so everywhere.
  headway: () => 0,
  undoPhase: 'recreate',
  async takenOver({ id, params: { run } }, input, context) {
    const started = context.values.get(id)
    if (isStarted(started)) {
      return deployedSince(await serviceNow({ cluster: input.cluster, service: input.serviceName }, context), started)
    }
    const { service, maker } = (await existingService(input, run, context)) ?? {}
    if (!service || maker !== 'others') return undefined
    return {
      skipped: madeByOthers(service, undefined).message.replace(/\.$/, ''),
      theirs: [service.taskDefinition ?? ''],
    }
  },
}

/** That somebody else has deleted a service that was on its way back, or made another in its place. */
async function replacedBy(
  { clusterArn: cluster, serviceName = '', createdAt = new Date(0) }: Service,
  cause: unknown,
  context: StepContext,
): Promise<EcsTaskError | undefined> {
  const seen = await serviceNow({ cluster, service: serviceName }, context)
  if (!seen || (seen.status === 'ACTIVE' && !(seen.createdAt && seen.createdAt > createdAt))) return undefined
  return new EcsTaskError('DeploymentSuperseded', `Someone else deleted service ${serviceName} meanwhile.`, {
    fix: 'When that run has ended, check the service and how it scales, or deploy again.',
    cause,
  })
}

/**
 * The service; undefined while a deleted one of its name is still draining. One that exists already was created by a call
 * whose answer was lost, if its tags name this run; any other is of somebody who was quicker. Throws `DeploymentSuperseded`.
 */
async function created(
  input: Input<'createService'>,
  run: string | undefined,
  context: StepContext,
): Promise<Service | undefined> {
  try {
    return (await context.aws.call('createService', input, context.signal)).service
  } catch (error) {
    const { name, message } = refusalOf(error)
    if (/still Draining/i.test(message)) return undefined
    // What AWS looks at first may be what the other service goes with, such as another target group.
    if (name !== 'InvalidParameterException') throw error
    const { service, maker } = (await existingService(input, run, context)) ?? {}
    if (service && maker === 'others') throw madeByOthers(service, error)
    if (maker === 'call' && /not idempotent/i.test(message)) return service
    throw error
  }
}

/** The ACTIVE service of that name, where there is one, and whether this call has made it, or another of the same run. */
async function existingService(
  { cluster, serviceName = '', tags, taskDefinition }: Input<'createService'>,
  run: string | undefined,
  { aws, signal }: StepContext,
): Promise<{ readonly service: Service; readonly maker: 'call' | 'run' | 'others' } | undefined> {
  const asked = { cluster, services: [serviceName], include: ['TAGS' as const] }
  const { services = [] } = await aws.call('describeServices', asked, signal)
  const service = services.find(({ status }) => status === 'ACTIVE')
  if (!service) return undefined
  const [mine, makers] = [runIn(tags), runIn(service.tags)]
  const isMine = mine === undefined ? service.taskDefinition === taskDefinition : makers === mine
  return { service, maker: isMine ? 'call' : run !== undefined && makers === run ? 'run' : 'others' }
}

function madeByOthers({ serviceName, tags }: Service, cause: unknown): EcsTaskError {
  return new EcsTaskError('DeploymentSuperseded', `Someone else created service ${serviceName} meanwhile.`, {
    why: runIn(tags) === undefined ? undefined : 'It was another run of this stack.',
    fix: 'ecs-task deleted nothing that it uses. When that run has ended, deploy again.',
    evidence: { byRun: runIn(tags) !== undefined },
    cause,
  })
}
