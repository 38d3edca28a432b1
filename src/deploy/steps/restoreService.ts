/** The way back of UpdateService. */
import type { Service } from '@aws-sdk/client-ecs'
import type { Input } from '../../aws/aws.ts'
import type { ServiceUpdate } from '../../definition/definition.ts'
import { checkImages, onlyRevision, pinningCommand } from '../pinnedImages.ts'
import { followDeployment } from '../../rollout/followDeployment.ts'
import { rollbackEnd } from '../../rollout/followRollback.ts'
import {
  findServiceDeployment,
  judgeServiceDeployment,
  readServiceDeployment,
} from '../../rollout/serviceDeployment.ts'
import { stuck } from '../../rollout/stuck.ts'
import { type Identity, identityOf, judge, primaryOf } from '../../rollout/verdict.ts'
import { nameOf, serviceKey } from '../../ground/names.ts'
import type { Step, StepKind } from '../../engine/step.ts'
import type { StepContext, StepHandler } from '../../engine/stepHandler.ts'

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
  }
}

/** Where a service is put back to, if not just to what was observed. */
interface WayBack {
  readonly taskDefinition?: string | undefined
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
  { taskDefinition = before.taskDefinition, images = [] }: WayBack = {},
): Step<RestoreService> {
  const { cluster, service } = update
  const { deployments = [] } = before
  // Where the one that is PRIMARY never completed, it is another deployment that ECS itself goes back to.
  const target =
    taskDefinition === before.taskDefinition
      ? primaryOf(before)
      : deployments.find((one) => one.taskDefinition === taskDefinition)
  return {
    kind: 'restoreService',
    id: `restoreService ${serviceKey(update)}`,
    title: `Put service ${nameOf(service)} back to ${nameOf(taskDefinition ?? '')}`,
    subject: { type: 'service', cluster: nameOf(cluster ?? 'default'), service: nameOf(service) },
    call: {
      method: 'updateService',
      input: { cluster, service, ...settingsBefore(update, before), taskDefinition },
    },
    follow: 'deployment',
    params: {
      restores: `updateService ${serviceKey(update)}`,
      deploymentId: target?.id,
      serviceRevision: onlyRevision(before),
    },
    ...(images.length > 0 && {
      mend: pinningCommand(nameOf(cluster ?? 'default'), nameOf(service), images),
    }),
  }
}

export const restoreServiceHandler: StepHandler<RestoreService> = {
  async perform(step, input, context) {
    const { aws, signal } = context
    const { deploymentId: before } = step.params
    const ours = identityBefore(step, context)
    const { services = [] } = await aws.call(
      'describeServices',
      { cluster: input.cluster, services: [input.service ?? ''] },
      signal,
    )
    const service = services[0]
    if (service && ours) {
      const verdict = judge(service, ours)
      if (verdict.state === 'superseded') return { skipped: `deployment ${verdict.by} has taken over since` }
      const settled = verdict.state === 'failed' && verdict.rolledBackTo === before ? service : undefined
      const strategy = service.deploymentConfiguration?.strategy ?? 'ROLLING'
      // The same revision sent once more would change nothing, or run what its tags stand for now: only ECS has the images before.
      const isSame = service.taskDefinition === input.taskDefinition && ours.id !== before
      const isAgain = isSame && !settled && !startsDeployment(input)
      if (isAgain && verdict.state === 'completed') {
        const isAll = onlyTaskDefinition(input)
        const answer = isAll ? { service, $metadata: {} } : await aws.call('updateService', settingsIn(input), signal)
        await checkImages(aws, { service, before: step.params.serviceRevision }, signal)
        return { answer }
      }
      // Where nothing has room for a new task, none of the old revision's would find any either: what runs has to stay.
      const isStopped = strategy !== 'ROLLING' || isAgain || stuck(service, ours.id, Infinity) !== undefined
      const back = settled ?? (isStopped ? await goneBack(service, context) : undefined)
      const isBack = back?.taskDefinition === input.taskDefinition
      if (back && isBack && onlyTaskDefinition(input)) return { answer: { service: back, $metadata: {} } }
      if (back && isAgain) return { answer: await aws.call('updateService', settingsIn(input), signal) }
    }
    return { answer: await aws.call('updateService', input, signal) }
  },

  async follow(step, { service }, context) {
    if (!service) throw new Error('UpdateService answered without a service')
    if (isWhole(service, step.params.deploymentId)) return
    await followDeployment({ step: step.id, identity: identityOf(service), service }, { ...context, until: undefined })
  },

  result: ({ service }) => nameOf(service?.taskDefinition ?? ''),
}

/**
 * Tells a deployment that is still going to go back by itself; answers with the service once it
 * has, and with undefined where there was none or it could not.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stop-service-deployment.html
 */
async function goneBack(service: Service, context: StepContext): Promise<Service | undefined> {
  const { aws, signal } = context
  const { taskDefinition, clusterArn: cluster, serviceName = '' } = service
  const arn = await findServiceDeployment(aws, { service, taskDefinition, since: undefined }, signal)
  const record = arn === undefined ? undefined : await readServiceDeployment(aws, arn, signal)
  if (!arn || !record || judgeServiceDeployment(record).state === 'completed') return undefined
  if (judgeServiceDeployment(record).state === 'inProgress') {
    await aws.call('stopServiceDeployment', { serviceDeploymentArn: arn, stopType: 'ROLLBACK' }, signal)
  }
  const end = await rollbackEnd(arn, context)
  if (end?.status !== 'ROLLBACK_SUCCESSFUL') return undefined
  const { services = [] } = await aws.call('describeServices', { cluster, services: [serviceName] }, signal)
  return services[0]
}

/** Whether a service runs nothing but the deployment that it is put back to. */
function isWhole(service: Service, deploymentId: string | undefined): boolean {
  const [only, ...more] = service.deployments ?? []
  return more.length === 0 && only?.id === deploymentId && (only?.rolloutState ?? 'COMPLETED') === 'COMPLETED'
}

/** The settings that take another deployment: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html */
function startsDeployment(input: object): boolean {
  return deploying.some((member) => member in input)
}

const deploying = [
  'capacityProviderStrategy',
  'loadBalancers',
  'networkConfiguration',
  'platformVersion',
  'serviceConnectConfiguration',
  'serviceRegistries',
  'volumeConfigurations',
  'vpcLatticeConfigurations',
]

function settingsIn({ taskDefinition: _, ...settings }: Input<'updateService'>): Input<'updateService'> {
  return settings
}

/** The settings an update declares, as they were: absent lists are cleared by an empty one, as UpdateService wants it. */
function settingsBefore(update: ServiceUpdate, before: Service): object {
  const { cluster, service, forceNewDeployment, taskDefinition, ...declared } = update
  const primary = primaryOf(before)
  const observed: Record<string, unknown> = {
    ...before,
    serviceConnectConfiguration: primary?.serviceConnectConfiguration,
    volumeConfigurations: primary?.volumeConfigurations,
  }
  const entries = Object.entries(declared).map(([key, value]) => [
    key,
    observed[key] ?? (Array.isArray(value) ? [] : undefined),
  ])
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

/** The deployment that is to be undone, where UpdateService has answered which it is. */
function identityBefore({ params }: Step<RestoreService>, { values }: StepContext): Identity | undefined {
  const { restores, deploymentId: before } = params
  const started = values.get(restores)
  if (typeof started !== 'object' || started.deploymentId === undefined) return undefined
  const { deploymentId: id, createdAt } = started
  return { id, known: new Set([id, ...(before ? [before] : [])]), since: createdAt ? new Date(createdAt) : undefined }
}

/** ECS's own way back restores the revision, but no setting such as the desired count. */
function onlyTaskDefinition(input: object): boolean {
  return Object.keys(input).every((key) => key === 'cluster' || key === 'service' || key === 'taskDefinition')
}
