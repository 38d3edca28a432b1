// What a name, an id or an ARN in a call to ECS stands for. The account in an ARN is ignored: definitions name the real one.
import { containerInstanceArn, nameOf, taskArn } from '../world/arn.ts'
import { AwsFault } from '../world/fault.ts'
import type {
  Cluster,
  ContainerInstanceRecord,
  Region,
  ServiceRecord,
  TaskDefinitionRecord,
  TaskRecord,
} from '../world/world.ts'
import { invalid } from './invalid.ts'

/** The cluster of that name or ARN; a deleted or unknown one is refused as AWS refuses it. */
export function findCluster(region: Region, nameOrArn = 'default'): Cluster {
  const found = isHere(region, nameOrArn) ? region.clusters[nameOf(nameOrArn)] : undefined
  if (!found) throw new AwsFault('ClusterNotFoundException', 'Cluster not found.')
  if (found.cluster.status === 'INACTIVE') {
    throw new AwsFault('ClusterNotFoundException', 'The referenced cluster was inactive.')
  }
  return found
}

/** The service of that name or ARN (long or short form) in the cluster of that name, whatever its status. */
export function findService(region: Region, cluster: string, nameOrArn: string): ServiceRecord | undefined {
  const [, clusterInArn] = /:service\/(.+)\//.exec(nameOrArn) ?? []
  if (!isHere(region, nameOrArn)) return undefined
  if (clusterInArn !== undefined && clusterInArn !== cluster) throw ofOtherCluster(clusterInArn, cluster)
  return region.services[`${cluster}/${nameOf(nameOrArn)}`]
}

/** The task definition that `family` (its latest ACTIVE revision), `family:revision` or an ARN stands for. */
export function findTaskDefinition(region: Region, identifier: string | undefined): TaskDefinitionRecord | undefined {
  if (identifier === undefined || !isHere(region, identifier)) return undefined
  const [, family = '', revision] = /^([^:]*)(?::(.*))?$/.exec(nameOf(identifier)) ?? []
  const records = region.taskDefinitions[family] ?? []
  return revision === undefined
    ? records.findLast(({ taskDefinition }) => taskDefinition.status === 'ACTIVE')
    : records.find(({ taskDefinition }) => String(taskDefinition.revision) === revision)
}

/** The task of that id or ARN (long or short form) in the cluster of that name; stopped ones are found for an hour. */
export function findTask(region: Region, cluster: string, idOrArn: string): TaskRecord | undefined {
  return isIn(region, cluster, idOrArn) ? region.tasks[taskArn(region, cluster, nameOf(idOrArn))] : undefined
}

/** The container instance of that id or ARN (long or short form) in the cluster of that name, whatever its status. */
export function findContainerInstance(
  region: Region,
  cluster: string,
  idOrArn: string,
): ContainerInstanceRecord | undefined {
  if (!isIn(region, cluster, idOrArn)) return undefined
  return region.containerInstances[containerInstanceArn(region, cluster, nameOf(idOrArn))]
}

/** Those of that id or ARN, and a failure for each that is not there. */
export function findContainerInstances(
  region: Region,
  cluster: string,
  idsOrArns: readonly string[],
): { records: ContainerInstanceRecord[]; failures: { arn: string; reason: string }[] } {
  const found = idsOrArns.map((idOrArn) => findContainerInstance(region, cluster, idOrArn) ?? idOrArn)
  return {
    records: found.filter((each) => typeof each !== 'string'),
    failures: found
      .filter((each) => typeof each === 'string')
      .map((idOrArn) => ({
        arn: idOrArn.startsWith('arn:') ? idOrArn : containerInstanceArn(region, cluster, idOrArn),
        reason: 'MISSING',
      })),
  }
}

/** Refuses more than `most` container instances in one call, and none. */
export function checkContainerInstances(named: readonly string[], most: number): void {
  if (named.length === 0) throw new AwsFault('ClientException', 'Container Instances cannot be empty.')
  if (named.length > most) throw invalid(`At most ${most} container instances can be named, not ${named.length}.`)
}

/** A cluster's container instances that are still registered, ACTIVE or DRAINING, in the order of their registration. */
export const containerInstancesOf = (region: Region, cluster: string): ContainerInstanceRecord[] =>
  Object.values(region.containerInstances).filter(
    (record) => record.cluster === cluster && record.containerInstance.status !== 'INACTIVE',
  )

const isHere = (region: Region, nameOrArn: string): boolean =>
  !nameOrArn.startsWith('arn:') || nameOrArn.split(':')[3] === region.name

const ofOtherCluster = (named: string, cluster: string): AwsFault =>
  invalid(`Invalid identifier: Identifier is for cluster ${named}. Your cluster is ${cluster}`)

/** Whether an ARN of a task or a container instance names this region and, in its long form, that cluster, as an id does; another cluster's is refused. */
function isIn(region: Region, cluster: string, idOrArn: string): boolean {
  const [, clusterInArn = cluster] = /^arn:(?:[^:]*:){4}[\w-]+\/(?:(.+)\/)?/.exec(idOrArn) ?? []
  if (!isHere(region, idOrArn)) return false
  if (clusterInArn !== cluster) throw ofOtherCluster(clusterInArn, cluster)
  return true
}
