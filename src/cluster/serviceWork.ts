/** Plans the ECS service itself: it is created, updated, or deleted and created again. */
import type { Service } from '@aws-sdk/client-ecs'
import type { ServiceUpdate } from '../definition/definition.ts'
import { primaryOf } from '../rollout/verdict.ts'
import { awsCommand } from '../ground/command.ts'
import { nameOf } from '../ground/names.ts'
import { type PlannedInput, Reference, type Step, type UndoSteps } from '../engine/step.ts'
import { changeService } from './steps/changeService.ts'
import { createService, recreateService } from './steps/createService.ts'
import { type DeleteService, createdOf, deleteService } from './steps/deleteService.ts'
import { controllerProblem } from '../deploy/live.ts'
import { movedText, pinnedImages } from '../deploy/imageState.ts'
import { serviceChanges } from '../deploy/differences/serviceChanges.ts'
import { describeService } from '../deploy/steps/describeServices.ts'
import { restoreService } from '../deploy/steps/restoreService.ts'
import { scaleService } from '../deploy/steps/scaleService.ts'
import { type TagResource, tagResource } from './steps/tagResource.ts'
import { updateService } from '../deploy/steps/updateService.ts'
import type { WantedService } from './desired.ts'
import { tagsOf } from './found.ts'
import { countOf, hasSettings, isLeaving, leavingText, replacing, succession } from './recreation.ts'
import { type Attachments, serviceDifferences } from './serviceDifferences.ts'
import { lacksAlternate, type Successor } from './setByHand.ts'
import { dependsOnTag, ownerTag, runTag } from './ownership.ts'
import type { WantedRevision, WayBack } from './revisionWork.ts'
import { changesOf, type Work } from './work.ts'

export interface ServiceOptions {
  /** Start a deployment even if nothing changes. */
  readonly redeploy: boolean
  readonly wait: boolean
}

interface Run {
  readonly run: string
  /** Whether one of that name was deleted that ECS still shows. */
  readonly isDeleted: boolean
  /** What sets again how a service scales that was deleted and has come back. */
  readonly scalingBack: UndoSteps<DeleteService>
}

/** The work for an ECS service; `existing` is what is there of that name. */
export function serviceWork(
  existing: Service | undefined,
  next: Successor,
  of: Pick<Attachments, 'serviceRegistries'> & WantedRevision & ServiceOptions & WayBack & Run,
): Work {
  const { revision, serviceRegistries, wait, goal, copy, backWarnings, run } = of
  const { service: wanted, loadBalancers } = next
  const { cluster, serviceName: service } = wanted
  const tags = [...(wanted.tags ?? []), { key: runTag, value: run }]
  const creation = (input: PlannedInput<'createService'>) =>
    createService(
      { ...input, taskDefinition: revision },
      [deleteService({ cluster, service }, { only: { run } })],
      wait,
    )
  if (!existing || !hasSettings(existing)) {
    const text = `Service ${service} was deleted a short while ago: nothing set by hand on it is kept, and on failure it is not created again.`
    return {
      steps: { services: [creation({ ...wanted, loadBalancers, serviceRegistries, tags })] },
      warnings: of.isDeleted && !existing ? [text] : [],
    }
  }
  const isGoing = isLeaving(existing)
  const problem = isGoing ? undefined : controllerProblem(existing)
  if (problem !== undefined) return { steps: {}, problems: [`${service}: ${problem}`] }
  const differences = serviceDifferences(existing, wanted, { loadBalancers, serviceRegistries })
  const fixed = replacing(existing, wanted)
  if (fixed.length === 0) {
    const { strategy = 'ROLLING' } = existing.deploymentConfiguration ?? {}
    const why = strategy !== 'ROLLING' && 'loadBalancers' in differences.deploying.input && lacksAlternate(next)
    if (why) {
      const set = awsCommand('ecs update-service', { cluster, service, 'deployment-configuration': 'strategy=ROLLING' })
      return {
        steps: {},
        problems: [`${service}: AWS refuses its strategy ${strategy}, since ${why}. To change it: ${set}`],
      }
    }
    const services = updateSteps(existing, wanted, { ...of, ...differences })
    const isDeployed = services.some(({ kind }) => kind === 'updateService')
    return {
      steps: { services, tags: tagSteps(existing, wanted) },
      warnings: [
        ...(isOwned(existing)
          ? []
          : [
              `Service ${service} was not created by ecs-task: it is updated, and destroy leaves it. ${takeOver(existing, wanted)}`,
            ]),
        ...(isDeployed ? backWarnings : []),
      ],
    }
  }
  if (!isOwned(existing)) {
    return {
      steps: {},
      problems: fixed.map(
        (change) =>
          `${service}: ${change} needs a new service, and this one was not created by ecs-task. ${takeOver(existing, wanted)}`,
      ),
    }
  }
  const { input, lost } = succession(existing, { ...next, service: { ...wanted, tags } }, of)
  const back = recreateService({ ...existing, ...countOf(existing, wanted), taskDefinition: goal }, wait, { copy, run })
  const scales = of.scalingBack.map((step) => ({ ...step, restsOn: back.id }))
  const gone = deleteService({ cluster, service }, { only: createdOf(existing), undo: [back, ...scales] })
  const title = isGoing ? `Wait until service ${service} in ${nameOf(cluster)} is deleted` : gone.title
  const changes = [...differences.inPlace.changes, ...differences.deploying.changes, ...countChanges(existing, wanted)]
  return {
    warnings: [...(isGoing ? [leavingText(existing, wanted)] : []), ...backWarnings, ...lost],
    steps: {
      // Nobody knows a revision to go back to where the service has never run one successfully.
      replaced: goal === undefined ? [] : [{ ...gone, title, changes: fixed }],
      services: [{ ...creation(input), changes: changes.filter((change) => !fixed.includes(change)) }],
    },
    replaces: isGoing
      ? []
      : fixed.map((change) => `${service}: ${change} means deleting and recreating the service; none runs meanwhile.`),
  }
}

/** The number of tasks, where the file says one and so did whoever has set the present one. */
function countChanges({ desiredCount, schedulingStrategy }: Service, wanted: WantedService): string[] {
  const isSaid = wanted.desiredCount !== undefined && schedulingStrategy !== 'DAEMON'
  return isSaid ? changesOf({ desired_count: [desiredCount, wanted.desiredCount] }) : []
}

function updateSteps(
  existing: Service,
  wanted: WantedService,
  {
    revision,
    redeploy,
    wait,
    goal,
    copy,
    images,
    inPlace,
    deploying,
  }: ReturnType<typeof serviceDifferences> & WantedRevision & ServiceOptions & WayBack,
): Step[] {
  const { cluster, serviceName: service } = wanted
  const wantedRevision = revision instanceof Reference ? revision : nameOf(revision)
  const rollout = changesOf({ revision: [nameOf(existing.taskDefinition ?? ''), wantedRevision] })
  const hasFailed = primaryOf(existing)?.rolloutState === 'FAILED'
  const moved = images.filter(({ state }) => state === 'moved')
  const again = redeploy
    ? ['deployment: again, as asked for']
    : hasFailed
      ? ['deployment: FAILED → again']
      : moved.map((one) => `image of ${one.container}: ${movedText(one)}`)
  const isDeployed = rollout.length + deploying.changes.length + again.length > 0
  const count = countChanges(existing, wanted)
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
    const pinned = rollout.length === 0 ? pinnedImages(images) : []
    const back = restoreService(update, existing, { goal, copy, images: pinned })
    return [{ ...updateService(update, revision, [back], wait), changes, ...settingsOf(update, existing) }]
  }
  const changes = [...inPlace.changes, ...count]
  if (changes.length === 0) {
    const isInProgress = primaryOf(existing)?.rolloutState === 'IN_PROGRESS'
    return isInProgress && wait ? [describeService({ cluster, service })] : []
  }
  if (inPlace.changes.length > 0) {
    const after = { ...inPlace.input, ...scaled }
    const step = changeService({ cluster, service }, { before: existing, after, wait }, changes)
    return [{ ...step, ...settingsOf({ cluster, service, ...after }, existing) }]
  }
  const to = (desiredCount = 0) => ({ cluster, service, desiredCount })
  const undo = [scaleService(to(existing.desiredCount), { wait: existing.runningCount === existing.desiredCount })]
  return [
    {
      ...scaleService(to(wanted.desiredCount), { undo, wait }),
      changes,
      ...settingsOf(to(wanted.desiredCount), existing),
    },
  ]
}

/** The same changes as data, with AWS's names of the settings in place of a stack's keys. */
function settingsOf(update: ServiceUpdate, existing: Service): Pick<Step, 'differences'> {
  const { cluster = '', service } = update
  const of = { type: 'service' as const, cluster: nameOf(cluster), service: nameOf(service) }
  const differences = serviceChanges(update, existing).map((change) => ({ of, ...change }))
  return differences.length > 0 ? { differences } : {}
}

/** Sets the tags of a service of ours that differ. */
function tagSteps(
  { tags, serviceArn = '' }: Service,
  { serviceName, tags: asked = [] }: WantedService,
): Step<TagResource>[] {
  if (!isOwned({ tags })) return []
  const [before, after] = [tagsOf(tags), { [dependsOnTag]: '', ...tagsOf(asked) }]
  const differing = Object.entries(after).filter(([key, value]) => (before[key] ?? '') !== value)
  if (differing.length === 0) return []
  const changes = changesOf(Object.fromEntries(differing.map(([key, value]) => [`tags/${key}`, [before[key], value]])))
  return [
    tagResource(
      { arn: serviceArn, name: `service ${serviceName}`, before, tags: Object.fromEntries(differing) },
      changes,
    ),
  ]
}

function isOwned({ tags }: Pick<Service, 'tags'>): boolean {
  return tagsOf(tags)[ownerTag] !== undefined
}

/** The command that makes a service ours. */
function takeOver({ serviceArn }: Service, { tags = [] }: WantedService): string {
  const ours = tags.map(({ key, value }) => `key=${key},value=${value}`)
  return `To adopt it: ${awsCommand('ecs tag-resource', { 'resource-arn': serviceArn, tags: ours })}`
}
