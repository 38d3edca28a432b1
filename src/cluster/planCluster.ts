/** Plans the deploy of a stack to a cluster: what differs is changed, what is up to date is left alone. */
import { EcsTaskError } from '../ground/errors.ts'
import { type Plan, type Stage, changing } from '../engine/plan.ts'
import { wording } from '../engine/summary.ts'
import type { Reference, Step } from '../engine/step.ts'
import { shownSubject } from '../engine/subject.ts'
import { undoOrder } from '../engine/undoOrder.ts'
import { nameOf } from '../ground/names.ts'
import { stopStages } from '../deploy/ongoing/stopping.ts'
import { primaryOf } from '../rollout/verdict.ts'
import type { Desired, DesiredService } from './desired.ts'
import { discoveryWork, namespaceWork } from './discoveryWork.ts'
import { type Found, recordKey } from './found.ts'
import { type Tag, ownerTag } from './ownership.ts'
import { loadBalancingWork } from './loadBalancing/loadBalancingWork.ts'
import { removalsOf } from './removalWork.ts'
import { keptBalancers } from './recreation.ts'
import { revisionWork, taskWork, wayBackOf } from './revisionWork.ts'
import { type ServiceOptions, serviceWork } from './serviceWork.ts'
import { clusterHandlers } from './stepHandlers.ts'
import { rolloutSteps } from './rolloutSteps.ts'
import { scalingBack } from './scaling/again.ts'
import { noScalingWork, scalingWork, withCount } from './scaling/scalingWork.ts'
import { scheduleFor } from './schedules/findSchedules.ts'
import { groupWork, isScheduled, noScheduleWork, scheduleWork } from './schedules/scheduleWork.ts'
import { type Work, partsOf, together } from './work.ts'

export interface ClusterOptions extends ServiceOptions {
  /** Leave out services that do not exist yet. */
  readonly updateOnly: boolean
  /** Recreate what AWS cannot change in place, and delete what is no longer wanted. */
  readonly replace: boolean
  /** What stops deployments that are in progress; what was found is as it will be then. */
  readonly stops?: readonly Step[]
}

/** Throws `BadDefinition` for everything that cannot be done, and, without `replace`, that would have to be replaced. */
export function planCluster(desired: Desired, found: Found, options: ClusterOptions): Plan {
  const { cluster } = desired
  const isThere = (service: DesiredService): boolean =>
    isScheduled(service)
      ? scheduleFor(found.schedules, service.name) !== undefined
      : service.run !== undefined || found.services.has(service.name)
  const services = options.updateOnly ? desired.services.filter(isThere) : desired.services
  const planned = new Set(services)
  const absent = desired.services.filter((service) => !planned.has(service))
  const { shared, services: works } = stackWork(found, { ...desired, services }, options)
  const all = together([shared, ...works.values()])
  refuse({ ...all, problems: [...duplicateNames(services), ...tooLong(all.steps), ...all.problems] }, options)
  const stages = [...stopStages(options.stops ?? []), ...stagesOf(all, rolloutSteps(services, { shared, works }))]
  const isIdle = changing(stages).length === 0
  return {
    ...wording({
      command: 'cluster deploy',
      what: `${counted(works)} to cluster ${cluster}`,
      followed: (all.steps.services ?? []).length > 0 ? options.wait : undefined,
      idle: isIdle ? idleOf(found, services, options) : undefined,
    }),
    stages,
    parts: partsOf(found, works),
    warnings: [
      ...found.unread,
      ...all.warnings,
      ...comparedByName(found, all.steps.services ?? []),
      ...absent.map(({ name }) => `${name} does not exist yet and is skipped (--update-only).`),
    ],
  }
}

/** `7 services`, or, where the others are as they are to be, `1 of 7 services`. */
function counted(works: ReadonlyMap<string, Work>): string {
  const touched = [...works.values()].filter(({ steps }) => Object.values(steps).some((some) => some.length > 0)).length
  const all = works.size === 1 ? '1 service' : `${works.size} services`
  return touched === 0 || touched === works.size ? all : `${touched} of ${all}`
}

/**
 * What no name or tag of AWS can hold: a family has at most 255 characters, and the value of a tag 256.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Tag.html
 */
function tooLong(steps: Work['steps']): string[] {
  const found = Object.values(steps)
    .flat()
    .flatMap(({ call: { input } }) => {
      const { family, tags, Tags } = input as { family?: string; tags?: Tag[]; Tags?: { Key: string; Value: string }[] }
      const all = [...(tags ?? []), ...(Tags ?? []).map(({ Key, Value }) => ({ key: Key, value: Value }))]
      const whose = all.find(({ key }) => key === ownerTag)?.value ?? family
      return [
        ...((family?.length ?? 0) > 255
          ? [`${family}: a family has at most 255 characters, and this is ${family?.length}.`]
          : []),
        ...all
          .filter(({ value }) => value.length > 256)
          .map(
            ({ key, value }) =>
              `${whose}: the tag ${key} has at most 256 characters, and this is ${value.length}: ${value.slice(0, 40)}…`,
          ),
      ]
    })
  return [...new Set(found)]
}

/** Of services that are left alone: whose images nobody can tell from those that run. */
function comparedByName({ images }: Found, steps: readonly Step[]): string[] {
  const deployed = new Set(steps.map(({ subject }) => shownSubject(subject)))
  const unknown = [...images].flatMap(([key, states]) =>
    deployed.has(key)
      ? []
      : states.flatMap(({ state, image }) => (state === 'unknown' ? `${image} of ${nameOf(key)}` : [])),
  )
  if (unknown.length === 0) return []
  return [`Compared by name: ${unknown.join(', ')}. If a tag was pushed again, pass --redeploy.`]
}

/** What is said where nothing is changed: a rollout that goes on from before and is not followed may still fail. */
function idleOf(
  { cluster, services: there }: Found,
  services: readonly DesiredService[],
  { wait }: ClusterOptions,
): string {
  const rolling = services.filter(({ name }) => {
    const service = there.get(name)
    return service && primaryOf(service)?.rolloutState === 'IN_PROGRESS'
  })
  if (wait || rolling.length === 0) return `Cluster ${cluster} is already up to date; no changes`
  const names = rolling.map(({ name }) => name).join(', ')
  return `No changes to cluster ${cluster}; ${names} ${rolling.length === 1 ? 'is' : 'are'} still rolling out, not waiting for it (--no-wait)`
}

/** The work for everything that a stack wants: for what its services share, and for each service by its name. */
function stackWork(
  found: Found,
  { namespace, services }: Desired,
  options: ServiceOptions,
): { readonly shared: Work; readonly services: ReadonlyMap<string, Required<Work>> } {
  const isDiscovered = services.some(({ discovery }) => discovery !== undefined)
  const shared = namespace && isDiscovered ? namespaceWork(found, namespace) : undefined
  const at = namespace && shared && { name: namespace.name, id: shared.id }
  return {
    shared: together([...(shared ? [shared] : []), groupWork(found, services)]),
    services: new Map(services.map((service) => [service.name, workOf(found, service, { ...options, namespace: at })])),
  }
}

function workOf(
  found: Found,
  service: DesiredService,
  options: ServiceOptions & { readonly namespace: { name: string; id: string | Reference } | undefined },
): Required<Work> {
  const { name, loadBalancing, discovery, service: wanted, autoScaling } = service
  const { namespace } = options
  const revision = revisionWork(found, service)
  if (isScheduled(service)) return together([revision, scheduleWork(found, service, revision.revision)])
  if (!wanted) return together([revision, taskWork(service, revision), noScheduleWork(found, name)])
  const balanced = loadBalancing && loadBalancingWork(found, name, loadBalancing)
  const discovered =
    discovery !== undefined && namespace ? discoveryWork(found, name, { name: discovery, namespace }) : undefined
  const existing = found.services.get(name)
  const loadBalancers = keptBalancers(existing, balanced ? [balanced.loadBalancer] : [])
  const next = { ...service, service: withCount(found, wanted, autoScaling), loadBalancers }
  const served = serviceWork(existing, next, {
    ...options,
    ...revision,
    ...wayBackOf(found, existing),
    scalingBack: scalingBack(found, name),
    run: found.run,
    isDeleted: found.deleted.has(name),
    serviceRegistries: discovered ? [{ registryArn: discovered.arn }] : [],
  })
  const kept = new Set<unknown>([
    ...(balanced?.kept ?? []),
    discovered?.arn,
    loadBalancing?.record && recordKey(loadBalancing.record),
  ])
  const removals = removalsOf(found, name, kept)
  // A service that goes takes along how it scales, also where somebody else has just deleted it.
  const again = existing?.status !== 'ACTIVE' || (served.steps.replaced ?? []).length > 0
  const requests = { balancer: balanced?.balancer, loadBalancers, again }
  return together([
    ...(balanced ? [balanced] : []),
    ...(discovered ? [discovered] : []),
    revision,
    served,
    noScheduleWork(found, name),
    autoScaling
      ? scalingWork(found, name, autoScaling, requests)
      : noScalingWork(found, name, requests, again ? next.service : undefined),
    {
      steps: { removals },
      replaces: removals.map(
        ({ title }) => `${name}: ${title[0]?.toLowerCase()}${title.slice(1)}, which is no longer in the stack.`,
      ),
    },
  ])
}

/** Two services may need the same name: `elb.name: v2` of api gives the target group that api-v2 has. */
function duplicateNames(services: readonly DesiredService[]): string[] {
  const first = new Map<string, string>()
  return services.flatMap(({ name, loadBalancing }) => {
    if (!loadBalancing || loadBalancing.targetGroupArn !== undefined) return []
    const { Name } = loadBalancing.targetGroup
    const earlier = first.get(Name)
    if (earlier === undefined) first.set(Name, name)
    return earlier === undefined
      ? []
      : [`${name}: its target group would be called ${Name}, as that of ${earlier} is; give it another elb.name.`]
  })
}

function refuse({ problems, replaces }: Required<Work>, { replace }: ClusterOptions): void {
  if (problems.length > 0) {
    throw new EcsTaskError('BadDefinition', 'Some of the stack cannot be deployed.', { problems })
  }
  if (replace || replaces.length === 0) return
  throw new EcsTaskError('BadDefinition', 'AWS cannot change all of it in place.', {
    problems: replaces,
    fix: '--replace recreates or deletes what is named here; its traffic is interrupted meanwhile.',
  })
}

function stagesOf(all: Required<Work>, rollout: readonly Step[]): Stage[] {
  const stage = (title: string, steps: readonly Step[] = [], isSerial = false): Stage => ({
    title,
    steps,
    together: !isSerial,
    onFailure: 'undo',
  })
  return [
    stage('Create shared resources', all.steps.foundations),
    stage('Create target groups', all.steps.targets),
    stage('Set the listeners', all.steps.listeners),
    stage('Set their certificates', all.steps.certificates),
    stage('Register', all.steps.revisions, true),
    stage('Roll out the services', rollout),
    stage('Register for auto scaling', all.steps.scaling),
    stage('Set auto scaling', all.steps.policies),
    // Others keep what a record says for a while after it was put back, so that records change when all services run.
    stage('Wait for the load balancers', all.steps.waits),
    stage('Set the records', all.steps.records),
    stage('Delete old records', all.steps.oldRecords),
    stage('Tag', all.steps.tags),
    ...undoOrder(all.steps.removals ?? [], clusterHandlers).map((steps): Stage => ({
      title: 'Delete what is no longer in the stack',
      steps,
      together: true,
      onFailure: 'report',
    })),
  ]
}
