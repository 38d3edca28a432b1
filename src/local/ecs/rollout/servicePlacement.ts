// Where a service's tasks are placed, and how many a daemon has.
import { nameOf } from '../../world/arn.ts'
import type { Context, Wire } from '../../world/operation.ts'
import { wake } from '../../world/wake.ts'
import type { Region, ServiceRecord } from '../../world/world.ts'
import { activeInstances, closest, isMember, isPlaced, place } from '../containerInstances/placement.ts'
import { reservationOf } from '../containerInstances/resources.ts'
import { findTaskDefinition } from '../find.ts'
import { addEventOnce, silence, unplacedOn } from './serviceEvents.ts'

/** Over the Availability Zones, and there where the fewest of the service are: API_CreateService, placementStrategy. */
const defaultStrategy = [
  { type: 'spread', field: 'attribute:ecs.availability-zone' },
  { type: 'spread', field: 'instanceId' },
]

/**
 * Where the next task of a service goes: `{}` where tasks are not placed, undefined where there is no room, which the
 * service says and waits for.
 */
export function placeForService(
  context: Context,
  record: ServiceRecord,
  taskDefinition: Wire,
  launchType: string,
): { containerInstance?: Wire } | undefined {
  const { service } = record
  const cluster = nameOf(service.clusterArn)
  if (!isPlaced(context.region, cluster, launchType)) return {}
  const { containerInstance, failures } = place(context, {
    cluster,
    group: `service:${service.serviceName}`,
    reserved: reservationOf(taskDefinition),
    constraints: constraintsOf(service, taskDefinition),
    strategy: service.placementStrategy.length > 0 ? service.placementStrategy : defaultStrategy,
  })
  if (containerInstance) return { containerInstance }
  addEventOnce(context, service, unplacedOn(closest(failures)))
  record.waitsForRoom = true
  wake(record, context.now + silence)
  return undefined
}

/** How many tasks a daemon has: one on each ACTIVE container instance that it may be on. Where there never was one, 1. */
export function daemonCount(region: Region, service: Wire): number {
  const cluster = nameOf(service.clusterArn)
  if (!isPlaced(region, cluster, 'EC2')) return 1
  const taskDefinition = service.taskDefinition && findTaskDefinition(region, service.taskDefinition)?.taskDefinition
  const constraints = constraintsOf(service, taskDefinition ?? {})
  return activeInstances(region, cluster).filter((each) => isMember(region, constraints, each)).length
}

const constraintsOf = (service: Wire, { placementConstraints = [] }: Wire): Wire[] => [
  ...service.placementConstraints,
  ...placementConstraints,
  ...(service.schedulingStrategy === 'DAEMON' ? [{ type: 'distinctInstance' }] : []),
]
