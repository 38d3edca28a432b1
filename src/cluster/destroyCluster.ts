/** Deletes everything that was created for a cluster, or for one service of it; what others created stays. */
import type { Aws } from '../aws/aws.ts'
import { activeRevisions, describeRevision, familyOf } from '../deploy/revisions.ts'
import { deregisterTaskDefinition } from '../deploy/steps/deregisterTaskDefinition.ts'
import type { Registered, Revision } from '../deploy/world.ts'
import { executePlan, type Result } from '../engine/executePlan.ts'
import { wording } from '../engine/summary.ts'
import type { Plan, Stage } from '../engine/plan.ts'
import { type Settings, withDefaults } from '../engine/settings.ts'
import type { Step } from '../engine/step.ts'
import { type UndoPhase, undoPhases } from '../engine/stepHandler.ts'
import { undoOrder } from '../engine/undoOrder.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { type Dependents, dependentsOf } from './dependents.ts'
import { findStack } from './findStack.ts'
import { type Found, isMadeFor, isOurs, ownersIn } from './found.ts'
import { familyIn, ownerTag } from './ownership.ts'
import { removalsOf } from './removalWork.ts'
import { deregistrations } from './scaling/scalingWork.ts'
import { groupRemoval, scheduleRemovals } from './schedules/scheduleWork.ts'
import { clusterHandlers } from './stepHandlers.ts'
import { deleteNamespace } from './steps/deleteNamespace.ts'
import { deleteService } from './steps/deleteService.ts'
import { named } from '../ground/named.ts'

/** What to delete: everything that was created for a cluster, or for one service of it. */
export interface DestroyOptions {
  /** Its name. */
  readonly cluster: string
  /** Only this service. By default all of them. */
  readonly service?: string | undefined
}

/**
 * Deletes what was created for a cluster or a service, and resolves with the result. The cluster and what others created
 * stay. Nothing is put back on failure: another run continues where this one stopped.
 */
export async function destroyCluster(options: DestroyOptions, settings: Settings = {}): Promise<Result> {
  const { cluster, service } = named(options, 'cluster')
  const context = withDefaults(settings)
  return executePlan(
    {
      ...context,
      handlers: clusterHandlers,
      // Deletions cannot be undone; another run continues where this one stopped.
      onFailure: 'leave',
      command: service === undefined ? 'cluster destroy' : 'service destroy',
      definitions: [],
      about: service === undefined ? cluster : `${cluster}/${service}`,
    },
    async (aws) => {
      const found = await findStack(aws, { cluster, names: undefined }, context.signal)
      const names = namesToDestroy(found, service)
      const [dependents, ...revisions] = await Promise.all([
        dependentsOf(aws, found, names, context.signal),
        ...names.map((name) => revisionsOf(aws, { found, name }, context.signal)),
      ])
      return planDestroy(found, { service, names, revisions: revisions.flat(), dependents })
    },
  )
}

function namesToDestroy(found: Found, service: string | undefined): string[] {
  const names = ownersIn(found)
  if (service === undefined) return names
  if (!names.includes(service) && !found.services.has(service)) {
    throw new EcsTaskError('NotFound', `There is no service ${service} in cluster ${found.cluster}.`, {
      why: names.length > 0 ? `Created there: ${names.join(', ')}.` : 'Nothing was created there.',
    })
  }
  return [service]
}

/** The ACTIVE revisions of a service; `a-b` of cluster `c` and `b` of cluster `c-a` share a family, but not the owner. */
async function revisionsOf(
  aws: Aws,
  { found, name }: { readonly found: Found; readonly name: string },
  signal: AbortSignal | undefined,
): Promise<Revision[]> {
  const family = familyIn(found.cluster, name)
  const newest = found.newest.get(family)
  if (!newest) return []
  const isItsOwn = ({ tags }: Registered): boolean => isMadeFor(tags, found.cluster, name)
  const { revision = 0 } = newest.taskDefinition
  const mine = isItsOwn(newest) ? [{ arn: newest.arn, revision }] : []
  // The first revision of a family has none before it.
  if (revision === 1) return mine
  const others = (await activeRevisions(aws, family, signal)).filter(({ arn }) => arn !== newest.arn)
  const described = await Promise.all(
    others.map(async (one) => (isItsOwn(await describeRevision(aws, one.arn, signal)) ? [one] : [])),
  )
  return [...mine, ...described.flat()]
}

/** What is deleted, with the ACTIVE revisions that were registered for it. */
interface Scope {
  /** Only this service; undefined: the whole cluster. */
  readonly service: string | undefined
  /** Of services and one-off tasks. */
  readonly names: readonly string[]
  readonly revisions: readonly Revision[]
  readonly dependents: Dependents
}

/** Plans the deletions in the order that AWS allows, and warns of what stays and what AWS deletes with it. */
function planDestroy(found: Found, scope: Scope): Plan {
  const { service, dependents } = scope
  const { cluster } = found
  const ours = [...found.services.values()].filter(({ serviceName, tags }) => isMadeFor(tags, cluster, serviceName))
  const others = [...found.services.keys()].filter((name) => !ours.some(({ serviceName }) => serviceName === name))
  if (service !== undefined && others.includes(service)) throw notOurs(service)
  if (dependents.problems.length > 0) {
    throw new EcsTaskError('Hazard', 'AWS deletes no target group that something leads to.', {
      problems: dependents.problems,
    })
  }
  // A service that stays keeps what it stands on, whoever has made that.
  const names = scope.names.filter((name) => !others.includes(name))
  const staying = new Set(others.map((name) => familyIn(cluster, name)))
  const revisions = scope.revisions.filter(({ arn }) => !staying.has(familyOf(arn)))
  const removals = names.flatMap((name) => removalsOf(found, name, new Set()))
  const isRemoved: IsRemoved = (type, name) =>
    removals.some(({ subject }) => subject.type === type && subject.name === name)
  const going = ours.flatMap(({ serviceName = '' }) => (names.includes(serviceName) ? [serviceName] : []))
  const services = going.map((name) => deleteService({ cluster, service: name }))
  const namespaces = found.namespaces.flatMap(({ namespace, services: discovery }) => {
    const isInUse = discovery.some(({ thing }) => !isRemoved('discoveryService', thing.Name ?? ''))
    const isCreatedForCluster = isOurs(namespace, cluster, '') && service === undefined
    const { Id = '', Name = '' } = namespace.thing
    return isCreatedForCluster && !isInUse ? [deleteNamespace(Id, Name)] : []
  })
  const schedules = scheduleRemovals(found, names)
  const families = [...new Set(revisions.map(({ arn }) => familyOf(arn)))]
  const steps: Step[] = [
    ...removals,
    ...deregistrations(found, going),
    ...services,
    ...namespaces,
    ...schedules,
    ...groupRemoval(found, schedules),
    ...revisions.map(({ arn }) => deregisterTaskDefinition(arn, [cluster], { families })),
  ]
  const what = service === undefined ? `cluster ${cluster}` : `service ${service} of cluster ${cluster}`
  const stepsByPhase = undoOrder(steps, clusterHandlers)
  const isIdle = steps.length === 0
  return {
    ...wording({
      command: service === undefined ? 'cluster destroy' : 'service destroy',
      what: `what was created for ${what}`,
      idle: isIdle ? `Nothing was created for ${what}` : undefined,
    }),
    stages: undoPhases.map((phase, index): Stage => ({
      title: titles[phase] ?? '',
      steps: stepsByPhase[index] ?? [],
      together: true,
      onFailure: 'undo',
    })),
    warnings: [
      ...(service === undefined
        ? others.map((name) => `Service ${name} was not created by ecs-task and stays, with everything it uses.`)
        : []),
      ...dependents.warnings,
      ...listenersLost(found, isRemoved),
      ...unclaimed(found, { service, names, removed: [...removals, ...namespaces] }),
    ],
  }
}

/** Whether the plan deletes a resource of that name. */
type IsRemoved = (type: 'loadBalancer' | 'discoveryService', name: string) => boolean

/** Warns of listeners of others on load balancers of ours, which AWS deletes with them. */
function listenersLost({ cluster, loadBalancers, listeners }: Found, isRemoved: IsRemoved): string[] {
  return loadBalancers.flatMap(({ thing: { LoadBalancerArn, LoadBalancerName } }) => {
    if (!isRemoved('loadBalancer', LoadBalancerName ?? '')) return []
    const ofOthers = listeners.filter((one) => one.thing.LoadBalancerArn === LoadBalancerArn && !isOurs(one, cluster))
    return ofOthers.map(
      ({ thing: { Port } }) =>
        `The listener on port ${Port} of load balancer ${LoadBalancerName} was not created by ecs-task; it is deleted with it.`,
    )
  })
}

/**
 * Names what services of ours stand on and that stays, since nothing on it says that it is ours: somebody else has made it, or
 * somebody has taken off its tags, and nobody can tell which.
 */
function unclaimed(
  { cluster, services, namespaces, targetGroups, loadBalancers, listeners }: Found,
  of: {
    /** Only this service is deleted; undefined: the whole cluster. */
    readonly service: string | undefined
    readonly names: readonly string[]
    readonly removed: readonly Step[]
  },
): string[] {
  const going = of.names.flatMap((name) => services.get(name) ?? [])
  const registries = new Set(
    going.flatMap((one) => (one.serviceRegistries ?? []).map(({ registryArn }) => registryArn)),
  )
  const groups = new Set(
    going.flatMap((one) => (one.loadBalancers ?? []).flatMap(({ targetGroupArn }) => targetGroupArn ?? [])),
  )
  const isRemoved = (type: 'namespace' | 'discoveryService', name = ''): boolean =>
    of.removed.some(({ subject }) => subject.type === type && subject.name === name)
  const balancers = new Set(
    listeners.flatMap((one) =>
      of.names.some((name) => isOurs(one, cluster, name)) ? (one.thing.LoadBalancerArn ?? []) : [],
    ),
  )
  return [
    ...loadBalancers
      .filter((one) => balancers.has(one.thing.LoadBalancerArn ?? '') && !isOurs(one, cluster))
      .map(({ thing }) => stays(`Load balancer ${thing.LoadBalancerName}`)),
    ...[...groups]
      .filter((arn) => !targetGroups.some((one) => one.thing.TargetGroupArn === arn && isOurs(one, cluster)))
      .map((arn) => stays(`Target group ${arn.split('/')[1]}`)),
    ...namespaces.flatMap(({ namespace, services: all }) => {
      const ours = all.filter((one) => isOurs(one, cluster) || registries.has(one.thing.Arn))
      const { Name = '' } = namespace.thing
      const isKept = of.service === undefined && ours.length > 0 && !isRemoved('namespace', Name)
      return [
        ...ours
          .filter(({ thing }) => registries.has(thing.Arn) && !isRemoved('discoveryService', thing.Name))
          .map(({ thing }) => stays(`Discovery service ${thing.Name} of namespace ${Name}`)),
        ...(isKept
          ? [isOurs(namespace, cluster) ? `Namespace ${Name} is used by others and stays.` : stays(`Namespace ${Name}`)]
          : []),
      ]
    }),
  ]
}

const stays = (what: string): string => `${what} has no tag of ecs-task, and stays.`

const titles: Partial<Record<UndoPhase, string>> = {
  reroute: 'Delete dependents',
  restore: 'Delete services and records',
  recreate: 'Recreate services',
  unroute: 'Delete listeners',
  dismantle: 'Delete load balancers, target groups and discovery services',
  vacate: 'Delete the namespace and the schedule group',
  deregister: 'Deregister the revisions',
}

function notOurs(service: string): EcsTaskError {
  return new EcsTaskError('NotFound', `Service ${service} was not created by ecs-task, so it stays.`, {
    why: `It lacks the tag ${ownerTag}.`,
  })
}
