import type { LoadBalancer, Service, ServiceRegistry } from '@aws-sdk/client-ecs'
import type { ServiceUpdate } from '../definition/definition.ts'
import { primaryOf } from '../rollout/verdict.ts'
import { nameOf } from '../ground/names.ts'
import { type Planned, Reference, type Step } from '../engine/step.ts'
import { type Settings, changeService } from './steps/changeService.ts'
import { createService } from './steps/createService.ts'
import { deleteService } from './steps/deleteService.ts'
import { completedRevision } from '../deploy/history.ts'
import { type ImageState, movedText, pinnedImages } from '../deploy/imageState.ts'
import { describeService } from '../deploy/steps/describeServices.ts'
import { restoreService } from '../deploy/steps/restoreService.ts'
import { scaleService } from '../deploy/steps/scaleService.ts'
import { tagResource } from './steps/tagResource.ts'
import { updateService } from '../deploy/steps/updateService.ts'
import { changesOf } from './changes.ts'
import { createInputOf } from './createInputOf.ts'
import type { WantedService } from './desired.ts'
import { tagsOf } from './found.ts'
import { dependsOnTag, ownerTag } from './marks.ts'
import type { WantedRevision } from './revisionWork.ts'
import type { Work } from './work.ts'

/** What leads to a service, there or yet to be made. */
export interface Entrances {
  readonly loadBalancers: readonly Planned<LoadBalancer>[]
  readonly serviceRegistries: readonly Planned<ServiceRegistry>[]
}

/** What is known of how a service came to run what it runs. */
export interface Past {
  /** The revisions that were deployed successfully, the last first, where its present deployment has not completed. */
  readonly successes: readonly string[] | undefined
  /** What is known of its images, where its revision stays. */
  readonly images: readonly ImageState[] | undefined
}

export interface ServiceOptions {
  /** Start a deployment also where nothing changes. */
  readonly redeploy: boolean
  readonly wait: boolean
}

/** What is to be done for the ECS service itself. */
export function serviceWork(
  there: Service | undefined,
  wanted: WantedService,
  of: Entrances & WantedRevision & Past & ServiceOptions,
): Work {
  const { revision, loadBalancers, serviceRegistries, wait } = of
  const { cluster, serviceName: service } = wanted
  const input = { ...wanted, taskDefinition: revision, loadBalancers, serviceRegistries }
  const making = createService(input, [deleteService({ cluster, service })], wait)
  if (there?.status !== 'ACTIVE') return { steps: { services: [making] } }
  const address = addressOf(there.networkConfiguration)
  const fixed = changesOf({
    launch_type: [there.launchType ?? 'capacity providers', wanted.launchType],
    scheduling_strategy: [there.schedulingStrategy, wanted.schedulingStrategy],
    // UpdateService gives a service's tasks another network, but takes none from them.
    network: [address, wanted.networkConfiguration ? address : []],
  })
  if (fixed.length === 0) {
    return {
      steps: { services: updated(there, wanted, of), marks: tagged(there, wanted) },
      warnings: strangers(there, wanted),
    }
  }
  if (!isMarked(there)) {
    return {
      steps: {},
      problems: fixed.map(
        (change) =>
          `${service}: ${change} needs another service, and this one was not made by ecs-task. ${takeOver(there, wanted)}`,
      ),
    }
  }
  const again = createService(createInputOf(there), [], wait)
  return {
    steps: {
      replaced: [{ ...deleteService({ cluster, service }, [again]), changes: fixed }],
      services: [making],
    },
    replaces: fixed.map(
      (change) => `${service}: ${change} needs another service of the same name, and none runs meanwhile.`,
    ),
  }
}

function updated(
  there: Service,
  wanted: WantedService,
  {
    revision,
    redeploy,
    wait,
    successes,
    images = [],
    ...entrances
  }: Entrances & WantedRevision & Past & ServiceOptions,
): Step[] {
  const { cluster, serviceName: service } = wanted
  const { deploymentConfiguration: percents, placementConstraints, networkConfiguration } = wanted
  const inPlace = membersOf({
    deploymentConfiguration: [
      percentsOf(there.deploymentConfiguration),
      percentsOf(percents),
      { ...there.deploymentConfiguration, ...percents },
    ],
    placementConstraints: [there.placementConstraints, placementConstraints, placementConstraints],
  })
  const deploying = membersOf({
    networkConfiguration: [
      addressOf(there.networkConfiguration),
      addressOf(networkConfiguration),
      networkConfiguration,
    ],
    loadBalancers: [there.loadBalancers?.map(doorOf), entrances.loadBalancers.map(doorOf), entrances.loadBalancers],
    serviceRegistries: [
      there.serviceRegistries?.map(({ registryArn }) => shownName(registryArn)),
      entrances.serviceRegistries.map(({ registryArn }) => shownName(registryArn)),
      entrances.serviceRegistries,
    ],
  })
  const wantedRevision = revision instanceof Reference ? revision : nameOf(revision)
  const rollout = changesOf({ revision: [nameOf(there.taskDefinition ?? ''), wantedRevision] })
  const hasFailed = primaryOf(there)?.rolloutState === 'FAILED'
  const moved = images.filter(({ state }) => state === 'moved')
  const again = redeploy
    ? ['deployment: again, as asked for']
    : hasFailed
      ? ['deployment: FAILED → again']
      : moved.map((one) => `image of ${one.container}: ${movedText(one)}`)
  const isDeployed = rollout.length + deploying.changes.length + again.length > 0
  const count = changesOf(
    wanted.desiredCount === undefined ? {} : { desired_count: [there.desiredCount, wanted.desiredCount] },
  )
  const scaled = count.length > 0 && { desiredCount: wanted.desiredCount }
  if (isDeployed) {
    const update = {
      cluster,
      service,
      ...inPlace.input,
      ...deploying.input,
      ...scaled,
      ...(rollout.length === 0 && { forceNewDeployment: true }),
    } as ServiceUpdate
    const changes = [...rollout, ...inPlace.changes, ...deploying.changes, ...again, ...count]
    const back = restoreService(update, there, {
      taskDefinition: completedRevision(there, successes),
      images: rollout.length === 0 ? pinnedImages(images) : [],
    })
    return [{ ...updateService(update, revision, [back], wait), changes }]
  }
  const changes = [...inPlace.changes, ...count]
  if (changes.length === 0) {
    const goesOn = primaryOf(there)?.rolloutState === 'IN_PROGRESS'
    return goesOn && wait ? [describeService({ cluster, service })] : []
  }
  if (inPlace.changes.length > 0) {
    const after = { ...inPlace.input, ...scaled } as Settings
    return [changeService({ cluster, service }, { before: there, after, wait }, changes)]
  }
  const to = (desiredCount = 0) => ({ cluster, service, desiredCount })
  return [{ ...scaleService(to(wanted.desiredCount), [scaleService(to(there.desiredCount))], wait), changes }]
}

/** What a file calls what UpdateService calls otherwise. */
const keys: Readonly<Record<string, string>> = {
  deploymentConfiguration: 'deployment_configuration',
  placementConstraints: 'placement_constraints',
  networkConfiguration: 'network',
  loadBalancers: 'elb',
  serviceRegistries: 'dns_discovery',
}

/** Members of UpdateService's input that differ: how each is, how it is wanted, both to be compared, and what is sent. */
function membersOf(members: Readonly<Record<string, readonly [is: unknown, wanted: unknown, sent: unknown]>>): {
  changes: string[]
  input: object
} {
  const differing = Object.entries(members).flatMap(([name, [is, wanted, sent]]) => {
    const changes = changesOf({ [keys[name] ?? name]: [is, wanted] })
    return changes.length > 0 ? [{ changes, entry: [name, sent] as const }] : []
  })
  return {
    changes: differing.flatMap(({ changes }) => changes),
    input: Object.fromEntries(differing.map(({ entry }) => entry)),
  }
}

function percentsOf({ maximumPercent, minimumHealthyPercent }: Service['deploymentConfiguration'] = {}): string {
  return `${minimumHealthyPercent} to ${maximumPercent} percent`
}

function addressOf(configuration: Service['networkConfiguration']): string[] {
  if (!configuration?.awsvpcConfiguration) return []
  const { subnets = [], securityGroups = [], assignPublicIp = 'DISABLED' } = configuration.awsvpcConfiguration
  return [...subnets, ...securityGroups, `public IP ${assignPublicIp}`]
}

function doorOf({ targetGroupArn, containerName, containerPort }: Planned<LoadBalancer>): string {
  return `${String(containerName)}:${containerPort} in ${shownName(targetGroupArn)}`
}

/** Of an ARN what tells it apart, `targetgroup/web-tg/73e2d6bc24d8a067`; of what is yet to be made, in words. */
function shownName(arn: string | Reference | undefined): string {
  return arn instanceof Reference ? arn.what.replace('the ARN of ', '') : (arn?.split(':').at(-1) ?? '')
}

/** The tags of a service that we have made, where they say something else. */
function tagged({ tags, serviceArn = '' }: Service, { serviceName, tags: wanted = [] }: WantedService): Step[] {
  if (!isMarked({ tags })) return []
  const [is, asked] = [tagsOf(tags), { [dependsOnTag]: '', ...tagsOf(wanted) }]
  const differing = Object.entries(asked).filter(([key, value]) => (is[key] ?? '') !== value)
  if (differing.length === 0) return []
  const changes = changesOf(Object.fromEntries(differing.map(([key, value]) => [`tags/${key}`, [is[key], value]])))
  return [
    tagResource(
      { arn: serviceArn, name: `service ${serviceName}`, before: is, tags: Object.fromEntries(differing) },
      changes,
    ),
  ]
}

function strangers(service: Service, wanted: WantedService): string[] {
  if (isMarked(service)) return []
  return [
    `Service ${service.serviceName} was not made by ecs-task: it is updated, and destroy will leave it. ${takeOver(service, wanted)}`,
  ]
}

function isMarked({ tags }: Pick<Service, 'tags'>): boolean {
  return tagsOf(tags)[ownerTag] !== undefined
}

/** The command that makes a service of others ours. */
function takeOver({ serviceArn }: Service, { tags = [] }: WantedService): string {
  const ours = tags.map(({ key, value }) => `key=${key},value=${value}`)
  return `To take it over: aws ecs tag-resource --resource-arn ${serviceArn} --tags ${ours.join(' ')}`
}
