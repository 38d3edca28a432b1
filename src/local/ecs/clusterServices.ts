import { nameOf } from '../world/arn.ts'
import type { Context } from '../world/operation.ts'
import type { Region, ServiceRecord } from '../world/world.ts'
import { schedulerDelay, wake } from '../world/wake.ts'

/** The services of the cluster of that name. */
const servicesOf = (region: Region, cluster: string): ServiceRecord[] =>
  Object.values(region.services).filter(({ service }) => nameOf(service.clusterArn) === cluster)

/** Those that have to look when a task on a container instance of the cluster has made room. */
export const servicesForRoom = (region: Region, cluster: string): ServiceRecord[] =>
  servicesOf(region, cluster).filter(
    ({ service, waitsForRoom }) => waitsForRoom || service.schedulingStrategy === 'DAEMON',
  )

/**
 * Something has changed on the cluster's container instances: its services look at it, those first that have a task on each.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html (daemon)
 */
export function wakeServices({ region, now }: Context, cluster: string): void {
  for (const record of servicesOf(region, cluster)) {
    wake(record, record.service.schedulingStrategy === 'DAEMON' ? now : now + schedulerDelay)
  }
}
