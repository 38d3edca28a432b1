import { nameOf } from '../world/arn.ts'
import { AwsFault } from '../world/fault.ts'
import type { Cluster, Region, ServiceRecord, TaskDefinitionRecord } from '../world/world.ts'

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
  if (!isHere(region, nameOrArn) || (clusterInArn !== undefined && clusterInArn !== cluster)) return undefined
  return region.services[`${cluster}/${nameOf(nameOrArn)}`]
}

/** The task definition that `family` (its latest ACTIVE revision), `family:revision` or an ARN stands for. */
export function findTaskDefinition(region: Region, identifier: string): TaskDefinitionRecord | undefined {
  if (!isHere(region, identifier)) return undefined
  const [, family = '', revision] = /^([^:]*)(?::(.*))?$/.exec(nameOf(identifier)) ?? []
  const records = region.taskDefinitions[family] ?? []
  return revision === undefined
    ? records.findLast(({ taskDefinition }) => taskDefinition.status === 'ACTIVE')
    : records.find(({ taskDefinition }) => String(taskDefinition.revision) === revision)
}

/** The account in an ARN is not looked at: definitions name the real one, the local AWS has its own. */
const isHere = (region: Region, nameOrArn: string): boolean =>
  !nameOrArn.startsWith('arn:') || nameOrArn.split(':')[3] === region.name
