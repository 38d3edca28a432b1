// What ECS refuses in the volumes that a service or RunTask configures at launch.
// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceManagedEBSVolumeConfiguration.html
import type { TaskManagedEBSVolumeConfiguration, TaskVolumeConfiguration } from '@aws-sdk/client-ecs'
import type { Wire } from '../../world/operation.ts'
import { invalid } from '../invalid.ts'
import type { ShownTaskDefinition } from '../shown/records.ts'
import { firstOf } from './problem.ts'

/** RunTask's and CreateService's differ in nothing that is checked here. */
type Configuration = Pick<Wire<TaskVolumeConfiguration>, 'name'> & {
  managedEBSVolume?: Omit<Wire<TaskManagedEBSVolumeConfiguration>, 'terminationPolicy'> | undefined
}

/** Refuses volumes that the task definition does not leave open, and those that EBS could not make. */
export function checkLaunchVolumes(
  configurations: readonly Configuration[] | undefined,
  taskDefinition: ShownTaskDefinition | undefined,
): void {
  const problem = firstOf(configurations, (one) => nameProblem(one, taskDefinition) ?? ebsProblem(one.managedEBSVolume))
  if (problem) throw invalid(problem)
}

function nameProblem({ name }: Configuration, taskDefinition: ShownTaskDefinition | undefined): string | undefined {
  if (!taskDefinition) return undefined
  const isOpen = taskDefinition.volumes.some((volume) => volume.configuredAtLaunch && volume.name === name)
  return isOpen
    ? undefined
    : `The volume name '${name}' in your request does not have a matching volume in your Task Definition.`
}

function ebsProblem(volume: Configuration['managedEBSVolume']): string | undefined {
  if (!volume) return undefined
  const { sizeInGiB, snapshotId, volumeType = 'gp3', iops, throughput, volumeInitializationRate } = volume
  const wrong = 'ECS managed EBS volume configuration was invalid'
  if (sizeInGiB === undefined && snapshotId === undefined) return `${wrong}: a sizeInGiB or a snapshotId is required.`
  if (iops !== undefined && !['gp3', 'io1', 'io2'].includes(volumeType)) {
    return `${wrong}: iops is not supported for ${volumeType}.`
  }
  if (iops === undefined && ['io1', 'io2'].includes(volumeType)) return `${wrong}: iops is required for ${volumeType}.`
  if (throughput !== undefined && volumeType !== 'gp3') {
    return `${wrong}: throughput is not supported for ${volumeType}.`
  }
  if ((throughput ?? 0) > 1000) return `${wrong}: throughput is at most 1000.`
  return volumeInitializationRate !== undefined && snapshotId === undefined
    ? `${wrong}: volumeInitializationRate needs a snapshotId.`
    : undefined
}
