import { containerInstanceArn, nameOf } from '../../world/arn.ts'
import { AwsFault } from '../../world/fault.ts'
import type { ContainerInstanceRecord, Region } from '../../world/world.ts'

/** The container instance of that id or ARN (long or short form) in the cluster of that name, whatever its status. */
export function findContainerInstance(
  region: Region,
  cluster: string,
  idOrArn: string,
): ContainerInstanceRecord | undefined {
  const [, regionInArn, clusterInArn] =
    /^arn:[^:]*:ecs:([^:]*):[^:]*:container-instance\/(?:(.+)\/)?/.exec(idOrArn) ?? []
  if ((regionInArn ?? region.name) !== region.name || (clusterInArn ?? cluster) !== cluster) return undefined
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

/** A cluster's container instances that are still registered, ACTIVE or DRAINING, in the order of their registration. */
export const containerInstancesOf = (region: Region, cluster: string): ContainerInstanceRecord[] =>
  Object.values(region.containerInstances).filter(
    (record) => record.cluster === cluster && record.containerInstance.status !== 'INACTIVE',
  )

/** Refuses more than `most` of a list, and none. */
export function checkContainerInstances(named: readonly string[], most: number): void {
  if (named.length === 0) throw new AwsFault('ClientException', 'Container Instances cannot be empty.')
  if (named.length > most) {
    throw new AwsFault(
      'InvalidParameterException',
      `At most ${most} container instances can be named, not ${named.length}.`,
    )
  }
}
