/** The way back of UpdateService. */
import type { Service, UpdateServiceCommandOutput } from '@aws-sdk/client-ecs'
import type { Input } from '../../aws/aws.ts'
import { refusalOf } from '../../aws/retry.ts'
import type { ServiceUpdate } from '../../definition/definition.ts'
import { awsCommand } from '../../ground/command.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { deletedSince, serviceNow, updateExisting } from '../../rollout/deletedService.ts'
import { followScaling } from '../../rollout/followScaling.ts'
import { checkImages, onlyRevision, pinningCommand } from '../pinnedImages.ts'
import { followDeployment } from '../../rollout/followDeployment.ts'
import { rolledBackByEcs } from '../../rollout/rolledBackByEcs.ts'
import { stuck } from '../../rollout/stuck.ts'
import { type Identity, deploymentOfOthers, identityOf, judge, primaryOf } from '../../rollout/verdict.ts'
import { problemOf } from '../../engine/problem.ts'
import { nameOf, serviceKey } from '../../ground/names.ts'
import type { Step, StepKind } from '../../engine/step.ts'
import type { StepContext, StepHandler, TakenOver } from '../../engine/stepHandler.ts'
import { describeRevision } from '../revisions.ts'
import { type RevisionCopy, copyCommand, copyOf, registerCopy } from '../revisionCopy.ts'
import { besideRevision, differing, irreversible, settingsBefore, startsDeployment } from '../settingsBefore.ts'

export interface RestoreService extends StepKind {
  readonly name: 'restoreService'
  readonly method: 'updateService'
  readonly subject: 'service'
  readonly params: {
    /** The step that it undoes. */
    readonly restores: string
    /** The deployment that the service is put back to. */
    readonly deploymentId: string | undefined
    /** The service revision that it ran, with its images. */
    readonly serviceRevision: string | undefined
    /** What to register where the revision is no longer ACTIVE and ECS has not gone back to it by itself. */
    readonly copy: RevisionCopy | undefined
    /** What UpdateService cannot take back: only ECS's own rollback can. */
    readonly irreversible: string | undefined
  }
}

/** Where a service is put back to, if not just to what was observed. */
interface WayBack {
  /** The revision: the last one that has completed. */
  readonly goal?: string | undefined
  /** What stands for it where it is no longer ACTIVE. */
  readonly copy?: RevisionCopy | undefined
  /** What it ran, as `--image` takes it, where only the images change and not the revision: `web=repo@sha256:…`. */
  readonly images?: readonly string[]
}

/**
 * Puts a service back to what was observed: its revision, and every setting that the update declared. Where ECS has
 * rolled back by itself already, that is followed and not repeated; a blue/green, linear or canary deployment that is
 * still going, and any that is stuck, is told to go back itself; where somebody else has deployed since, the service is left.
 */
export function restoreService(
  update: ServiceUpdate,
  before: Service,
  { goal = before.taskDefinition, copy, images = [] }: WayBack = {},
): Step<RestoreService> {
  const name = nameOf(update.service)
  const cluster = nameOf(update.cluster ?? 'default')
  const revision = nameOf(goal ?? '')
  const settings = settingsBefore(update, before)
  const impossible = irreversible(update, before)
  // Where the one that is PRIMARY never completed, it is another deployment that ECS itself goes back to.
  const target =
    goal === before.taskDefinition
      ? primaryOf(before)
      : before.deployments?.find(({ taskDefinition }) => taskDefinition === goal)
  const mend = impossible
    ? stopsDeployment(cluster, name)
    : images.length > 0
      ? pinningCommand(cluster, name, images)
      : copy && copyCommand(copy, 'update-service', settings)
  return {
    kind: 'restoreService',
    id: `restoreService ${serviceKey(update)}`,
    title: `Put service ${name} back to ${copy ? `a copy of ${revision}` : revision}`,
    subject: { type: 'service', cluster, service: name },
    call: { method: 'updateService', input: { ...settings, taskDefinition: goal } },
    follow: 'deployment',
    params: {
      restores: `updateService ${serviceKey(update)}`,
      deploymentId: target?.id,
      serviceRevision: onlyRevision(before),
      copy,
      irreversible: impossible,
    },
    ...(mend !== undefined && { mend }),
  }
}

export const restoreServiceHandler: StepHandler<RestoreService> = {
  async perform(step, input, context) {
    const { aws, signal } = context
    const { deploymentId: before, copy, irreversible: impossible } = step.params
    const ours = identityBefore(step, context)
    const service = await serviceNow(input, context)
    const taken = takenOver(service, ours)
    if (taken) return taken
    if (service && ours) {
      const verdict = judge(service, ours)
      const settled = verdict.state === 'failed' && verdict.rolledBackTo === before ? service : undefined
      // The same revision sent once more would change nothing, or run what its tags stand for now: only ECS has the images before.
      if (!settled && verdict.state === 'completed' && isAgain(service, ours, input, step)) {
        const answer = await withSettings(service, input, context)
        await checkImages(aws, { service, before: step.params.serviceRevision }, signal)
        return { answer }
      }
      const back = settled ?? (onlyEcsCan(service, ours, step) ? await rolledBackByEcs(service, context) : undefined)
      if (back && back.taskDefinition === input.taskDefinition)
        return { answer: await withSettings(back, input, context) }
    }
    if (impossible) {
      throw new EcsTaskError('RefusedByAws', `${step.subject.service} ${impossible}, and ECS did not roll it back.`, {
        fix: 'Create the service again.',
      })
    }
    return { answer: await goesBack(input, copy, context) }
  },

  async follow(step, { service }, context, input) {
    if (!service) throw new Error('UpdateService answered without a service')
    if (!isWhole(service, step.params.deploymentId)) {
      const of = { step: step.id, identity: identityOf(service), service }
      await followDeployment(of, { ...context, until: undefined, logs: false }).catch(
        namesCopy(service.taskDefinition, input),
      )
    }
    // ECS's own rollback leaves the number of tasks to us, and no deployment follows that.
    if (input.desiredCount !== undefined) await followScaling({ step: step.id, service }, context)
  },

  result: ({ service }) => nameOf(service?.taskDefinition ?? ''),
  takenOver: async (step, input, context) => takenOver(await serviceNow(input, context), identityBefore(step, context)),
}

/** Whether somebody else has deployed the service since, or deleted it. */
function takenOver(service: Service | undefined, ours: Identity | undefined): TakenOver | undefined {
  const others = service && ours && deploymentOfOthers(service, ours)
  // What ECS itself goes back to is nobody's, whichever id it has.
  const isOfEcs = service?.events?.some(({ message }) => message?.includes(`rolling back to deployment ${others?.id}`))
  if (!others || isOfEcs) return deletedSince(service)
  const { id, taskDefinition: theirs = '' } = others
  return { skipped: `somebody else's deployment ${id} of ${nameOf(theirs)} has taken over since`, theirs: [theirs] }
}

/** Whether the update deployed once more the revision that the service goes back to, and no setting that deploys differs. */
function isAgain(
  service: Service,
  { id }: Identity,
  { cluster, service: name, taskDefinition, forceNewDeployment, ...settings }: Input<'updateService'>,
  { params }: Step<RestoreService>,
): boolean {
  return (
    params.irreversible === undefined &&
    id !== params.deploymentId &&
    service.taskDefinition === taskDefinition &&
    !startsDeployment(differing(settings, service))
  )
}

/** ECS's own rollback restores what belongs to a service revision, and no setting beside it. */
async function withSettings(
  service: Service,
  input: Input<'updateService'>,
  context: StepContext,
): Promise<UpdateServiceCommandOutput> {
  const rest = besideRevision(input)
  return rest ? updateExisting(rest, context) : { service, $metadata: {} }
}

/**
 * Whether to have ECS itself go back: a blue/green, linear or canary deployment has the old tasks still; where nothing has
 * room for a new task, what runs of the old revision has to stay; and UpdateService with the revision that fails right now
 * starts no other deployment of it.
 */
function onlyEcsCan(service: Service, { id }: Identity, { call, params }: Step<RestoreService>): boolean {
  const strategy = service.deploymentConfiguration?.strategy ?? 'ROLLING'
  const isSame = service.taskDefinition === call.input.taskDefinition
  return (
    strategy !== 'ROLLING' || isSame || params.irreversible !== undefined || stuck(service, id, Infinity) !== undefined
  )
}

/** What to throw in place of an error once a copy is registered: it is named, and the command goes to it. */
function namesCopy(copy: string | undefined, { taskDefinition = '', ...input }: Input<'updateService'>) {
  return (error: unknown): never => {
    if (copy === undefined || copy === taskDefinition) throw error
    const { code, what, why, fix } = problemOf(error)
    const mend = awsCommand('ecs update-service', {
      'cli-input-json': JSON.stringify({ ...input, taskDefinition: copy }),
    })
    const evidence = { ...(error instanceof EcsTaskError && error.evidence), mend }
    const text = `${what} ${nameOf(copy)} was registered as a copy of ${nameOf(taskDefinition)}.`
    throw new EcsTaskError(code === 'Unexpected' ? 'RefusedByAws' : code, text, { why, fix, evidence, cause: error })
  }
}

/** Goes to the revision; where that can no longer be deployed, also since this run has begun, to a copy of it. */
async function goesBack(
  input: Input<'updateService'>,
  copy: RevisionCopy | undefined,
  context: StepContext,
): Promise<UpdateServiceCommandOutput> {
  const { aws, signal } = context
  const goTo = (taskDefinition: string | undefined): Promise<UpdateServiceCommandOutput> =>
    updateExisting({ ...input, taskDefinition }, context)
  const goToCopy = async (of: RevisionCopy): Promise<UpdateServiceCommandOutput> => {
    const arn = await registerCopy(of, context)
    return goTo(arn).catch(namesCopy(arn, input))
  }
  if (copy) return goToCopy(copy)
  return goTo(input.taskDefinition).catch(async (error: unknown) => {
    if (!/TaskDefinition is inactive/i.test(refusalOf(error).message)) throw error
    const late = copyOf(await describeRevision(aws, input.taskDefinition ?? '', signal))
    if (!late) throw error
    return goToCopy(late)
  })
}

/** Whether a service runs nothing but the deployment that it is put back to. */
function isWhole(service: Service, deploymentId: string | undefined): boolean {
  const [only, ...more] = service.deployments ?? []
  return more.length === 0 && only?.id === deploymentId && (only?.rolloutState ?? 'COMPLETED') === 'COMPLETED'
}

/** The deployment that is to be undone, where UpdateService has answered which it is. */
function identityBefore({ params }: Step<RestoreService>, { values }: StepContext): Identity | undefined {
  const { restores, deploymentId: before } = params
  const started = values.get(restores)
  if (typeof started !== 'object' || started.deploymentId === undefined) return undefined
  const { deploymentId: id, createdAt } = started
  return { id, known: new Set([id, ...(before ? [before] : [])]), ...(createdAt && { since: new Date(createdAt) }) }
}

/** The command that has ECS go back, while the deployment goes on. */
function stopsDeployment(cluster: string, service: string): string {
  const query = 'serviceDeployments[0].serviceDeploymentArn'
  const of = { cluster, service, status: 'IN_PROGRESS', query, output: 'text' }
  const stop = awsCommand('ecs stop-service-deployment', { 'stop-type': 'ROLLBACK' })
  return `${stop} --service-deployment-arn "$(${awsCommand('ecs list-service-deployments', of)})"`
}
