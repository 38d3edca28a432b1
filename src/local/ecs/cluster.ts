// A cluster of ECS: how it is created, what it holds, how it is shown, and which of its services look when something changes.
import type { ClusterField, Cluster as ClusterShape, CreateClusterRequest, LaunchType } from '@aws-sdk/client-ecs'
import { clusterArn, nameOf } from '../world/arn.ts'
import type { Context, Wire } from '../world/operation.ts'
import { tagsOf } from '../world/tags.ts'
import { schedulerDelay, wake } from '../world/wake.ts'
import type { Cluster, ContainerInstanceRecord, Region, ServiceRecord } from '../world/world.ts'
import { containerInstancesOf } from './find.ts'
import { present } from '../world/members.ts'
import type { ShownCluster, ShownService, ShownTask } from './shown/records.ts'
import { copyOf } from '../world/copy.ts'

/** Makes an ACTIVE cluster of a CreateCluster input; one of that name that was deleted begins anew. */
export function makeCluster({ region }: Context, input: Wire<CreateClusterRequest>): Cluster {
  const { clusterName = 'default', tags, ...rest } = copyOf(input)
  const arn = clusterArn(region, clusterName)
  const cluster: ShownCluster = {
    settings: [{ name: 'containerInsights', value: 'disabled' }],
    capacityProviders: [],
    defaultCapacityProviderStrategy: [],
    ...present(rest),
    clusterArn: arn,
    clusterName,
    status: 'ACTIVE',
  }
  region.clusters[clusterName] = { cluster }
  // Those of the one before it are INACTIVE, and none of this one's.
  for (const [instanceArn, record] of Object.entries(region.containerInstances)) {
    if (record.cluster === clusterName) delete region.containerInstances[instanceArn]
  }
  region.tags[arn] = tags ?? []
  return { cluster }
}

/**
 * A cluster as DescribeClusters shows it: counts are taken from the services and tasks of the region, and what nobody
 * asked to `include` is an empty list.
 */
export function describedCluster(
  region: Region,
  { cluster }: Cluster,
  include: readonly ClusterField[] = [],
): Wire<ClusterShape> {
  const { settings, configuration, ...shown } = cluster
  const { services, tasks, containerInstances } = contentsOf(region, cluster.clusterArn)
  return {
    ...shown,
    registeredContainerInstancesCount: containerInstances.length,
    activeServicesCount: services.filter(isActive).length,
    runningTasksCount: tasks.filter(isRunning).length,
    pendingTasksCount: tasks.filter(isPending).length,
    settings: include.includes('SETTINGS') ? settings : [],
    statistics: include.includes('STATISTICS') ? statisticsOf(services, tasks) : [],
    tags: include.includes('TAGS') ? tagsOf(region, cluster.clusterArn) : [],
    ...(include.includes('CONFIGURATIONS') && configuration && { configuration }),
  }
}

/** What a cluster holds: services and container instances that are not INACTIVE, and tasks that have not stopped. */
export function contentsOf(
  region: Region,
  arn: string,
): { services: ShownService[]; tasks: ShownTask[]; containerInstances: ContainerInstanceRecord[] } {
  const services = Object.values(region.services).map(({ service }) => service)
  const tasks = Object.values(region.tasks).map(({ task }) => task)
  return {
    services: services.filter((service) => service.clusterArn === arn && service.status !== 'INACTIVE'),
    tasks: tasks.filter((task) => task.clusterArn === arn && task.lastStatus !== 'STOPPED'),
    containerInstances: containerInstancesOf(region, nameOf(arn)),
  }
}

const isActive = ({ status }: ShownService): boolean => status === 'ACTIVE'
const isDraining = ({ status }: ShownService): boolean => status === 'DRAINING'
const isRunning = ({ lastStatus }: ShownTask): boolean => lastStatus === 'RUNNING'
const isPending = ({ lastStatus }: ShownTask): boolean => ['PROVISIONING', 'PENDING', 'ACTIVATING'].includes(lastStatus)

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Cluster.html, `statistics`. */
function statisticsOf(
  services: readonly ShownService[],
  tasks: readonly ShownTask[],
): { name: string; value: string }[] {
  return ['EC2', 'Fargate'].flatMap((word) => {
    const count = (records: readonly { launchType?: LaunchType | undefined }[]): string =>
      String(records.filter(({ launchType = 'EC2' }) => launchType === word.toUpperCase()).length)
    return [
      { name: `running${word}TasksCount`, value: count(tasks.filter(isRunning)) },
      { name: `pending${word}TasksCount`, value: count(tasks.filter(isPending)) },
      { name: `active${word}ServiceCount`, value: count(services.filter(isActive)) },
      { name: `draining${word}ServiceCount`, value: count(services.filter(isDraining)) },
    ]
  })
}

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
