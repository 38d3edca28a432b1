import { EcsTaskError } from '../ground/errors.ts'
import { familyIn } from './resourceNames.ts'
import type { Plan, Stage } from '../engine/plan.ts'
import { wording } from '../engine/summary.ts'
import type { Revision } from '../deploy/world.ts'
import { type Found, isOurs, tagsOf } from './found.ts'
import { ownerOf, ownerTag } from './marks.ts'
import { removalsOf } from './removalWork.ts'
import type { Step } from '../engine/step.ts'
import { deleteNamespace } from './steps/deleteNamespace.ts'
import { deleteService } from './steps/deleteService.ts'
import { deregisterTaskDefinition } from '../deploy/steps/deregisterTaskDefinition.ts'
import { undoOrder } from '../engine/undoOrder.ts'
import { clusterHandlers } from './stepHandlers.ts'

/** What is taken away: all that was made for a cluster, or for one service of it. */
export interface DestroyOptions {
  readonly service: string | undefined
  /** By family: the ACTIVE revisions that were made for it. */
  readonly revisions: ReadonlyMap<string, readonly Revision[]>
}

/**
 * Plans how everything that was made for a cluster, or for one service, is taken away, in the order AWS allows. What
 * others have made stays, and is named.
 */
export function planDestroy(found: Found, { service, revisions }: DestroyOptions): Plan {
  const { cluster } = found
  const names = service === undefined ? ownersIn(found) : [service]
  const ours = [...found.services.values()].filter(
    ({ serviceName, tags }) => tagsOf(tags)[ownerTag] === ownerOf(cluster, serviceName),
  )
  const others = [...found.services.keys()].filter((name) => !ours.some(({ serviceName }) => serviceName === name))
  const removals = names.flatMap((name) => removalsOf(found, name, new Set()))
  const gone: Gone = (type, name) =>
    removals.some(({ kind, subject }) => kind.startsWith('delete') && subject.type === type && subject.name === name)
  const services = ours
    .filter(({ serviceName = '' }) => names.includes(serviceName))
    .map(({ serviceName = '' }) => deleteService({ cluster, service: serviceName }))
  const namespaces = found.namespaces.flatMap(({ namespace, services: discovery }) => {
    const isLeft = discovery.some(({ Name }) => !gone('discoveryService', Name ?? ''))
    const isMade = namespace.Description === ownerOf(cluster) && service === undefined
    return isMade && !isLeft ? [deleteNamespace(namespace.Id ?? '', namespace.Name ?? '')] : []
  })
  const families = names.map((name) => familyIn(cluster, name))
  const revisionsOf = families.flatMap((family) => revisions.get(family) ?? [])
  const steps: Step[] = [
    ...removals,
    ...services,
    ...namespaces,
    ...revisionsOf.map(({ arn }) => deregisterTaskDefinition(arn, [cluster])),
  ]
  const what = service === undefined ? `cluster ${cluster}` : `service ${service} of cluster ${cluster}`
  if (service !== undefined && others.includes(service)) throw notOurs(service)
  const isIdle = steps.length === 0
  return {
    ...wording({
      command: service === undefined ? 'cluster destroy' : 'service destroy',
      what: `what was made for ${what}`,
      idle: isIdle ? `Nothing was made for ${what}` : undefined,
    }),
    stages: undoOrder(steps, clusterHandlers).map((phase, index) => ({
      ...titled(phase, index),
      together: true,
      onFailure: 'undo',
    })),
    warnings: [
      ...(service === undefined ? others.map((name) => `Service ${name} was not made by ecs-task and stays.`) : []),
      ...goneWith(found, gone),
    ],
  }
}

/** Whether something of that name goes. */
type Gone = (type: 'loadBalancer' | 'discoveryService', name: string) => boolean

/** What others have put on load balancers of ours, which AWS takes away with them. */
function goneWith({ cluster, loadBalancers, listeners }: Found, gone: Gone): string[] {
  return loadBalancers.flatMap(({ thing: { LoadBalancerArn, LoadBalancerName } }) => {
    if (!gone('loadBalancer', LoadBalancerName ?? '')) return []
    const ofOthers = listeners.filter((one) => one.thing.LoadBalancerArn === LoadBalancerArn && !isOurs(one, cluster))
    return ofOthers.map(
      ({ thing: { Port } }) =>
        `The listener on port ${Port} of load balancer ${LoadBalancerName} was not made by ecs-task; it goes with it.`,
    )
  })
}

/** The names of the services and one-off tasks that anything was made for. */
export function ownersIn(found: Found): string[] {
  const prefix = ownerOf(found.cluster)
  const tags = [
    ...[...found.services.values()].map((one) => tagsOf(one.tags)),
    ...[...found.newest.values()].map((one) => tagsOf(one.tags)),
    ...[...found.loadBalancers, ...found.targetGroups, ...found.listeners].map((one) => one.tags),
  ]
  const owners = [
    ...tags.map((one) => one[ownerTag] ?? ''),
    ...found.namespaces.flatMap(({ services }) => services.map(({ Description = '' }) => Description)),
  ]
  const names = owners.filter((owner) => owner.startsWith(prefix)).map((owner) => owner.slice(prefix.length))
  return [...new Set(names)].filter((name) => name !== '').toSorted()
}

const titles = [
  'Take away what others need first',
  'Take away services and records',
  'Make services again',
  'Take away listeners',
  'Take away load balancers, target groups and discovery services',
  'Take away the namespace',
  'Deregister the revisions',
]

function titled(steps: readonly Step[], index: number): Pick<Stage, 'title' | 'steps'> {
  return { title: titles[index] ?? '', steps }
}

function notOurs(service: string): EcsTaskError {
  return new EcsTaskError('NotFound', `Service ${service} was not made by ecs-task, so it is left.`, {
    why: `It lacks the tag ${ownerTag}.`,
  })
}
