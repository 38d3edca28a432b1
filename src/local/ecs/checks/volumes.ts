// What ECS refuses in the volumes of a task definition.
// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Volume.html
import type { Volume } from '@aws-sdk/client-ecs'
import type { Wire } from '../../world/operation.ts'
import type { ContainerInput, TaskDefinitionInput } from '../inputs.ts'
import { firstOf, firstProblem, repeated } from './problem.ts'

/** What is wrong with the volumes of a task definition. */
export function volumesProblem(taskDefinition: TaskDefinitionInput): string | undefined {
  const names = (taskDefinition.volumes ?? []).map(({ name }) => name)
  if (repeated(names) !== undefined)
    return `Volume names must be unique within a task definition: '${repeated(names)}'.`
  return firstOf(taskDefinition.volumes, (volume) => firstProblem(rules, volume)) ?? unused(taskDefinition)
}

const kinds = [
  'host',
  'dockerVolumeConfiguration',
  'efsVolumeConfiguration',
  's3filesVolumeConfiguration',
  'fsxWindowsFileServerVolumeConfiguration',
] as const

const rules: readonly ((volume: Wire<Volume>) => string | undefined)[] = [
  ({ name }) => (/^[a-zA-Z0-9_-]{1,255}$/.test(name ?? '') ? undefined : 'Volume name contains invalid characters.'),
  (volume) =>
    kinds.filter((kind) => volume[kind] !== undefined).length + (volume.configuredAtLaunch ? 1 : 0) > 1
      ? `Only one volume configuration can be specified for volume '${volume.name}'.`
      : undefined,
  ({ dockerVolumeConfiguration: docker }) =>
    docker?.autoprovision === true && docker.scope !== 'shared'
      ? "autoprovision can only be used if the scope of the volume is 'shared'."
      : undefined,
  ({ efsVolumeConfiguration: efs }) =>
    efs?.authorizationConfig?.iam === 'ENABLED' && efs.transitEncryption !== 'ENABLED'
      ? 'EFS IAM authorization requires TransitEncryption to be enabled.'
      : undefined,
  ({ efsVolumeConfiguration: efs }) =>
    efs?.transitEncryptionPort !== undefined && efs.transitEncryption !== 'ENABLED'
      ? 'TransitEncryptionPort requires that TransitEncryption is enabled.'
      : undefined,
  ({ efsVolumeConfiguration: efs }) =>
    efs?.authorizationConfig?.accessPointId !== undefined && !['', '/'].includes(efs.rootDirectory ?? '')
      ? 'When using an EFS access point, the root directory must either be set to "/" or be omitted.'
      : undefined,
  ({ efsVolumeConfiguration: efs }) =>
    efs?.authorizationConfig?.accessPointId !== undefined && efs.transitEncryption !== 'ENABLED'
      ? 'EFS access points require TransitEncryption to be enabled.'
      : undefined,
]

/** A volume that is configured at launch is for a container. */
function unused({ volumes = [], containerDefinitions }: TaskDefinitionInput): string | undefined {
  const mounted = containerDefinitions.flatMap(({ mountPoints = [] }) =>
    mountPoints.map(({ sourceVolume }) => sourceVolume),
  )
  const names = volumes
    .filter(({ name, configuredAtLaunch }) => configuredAtLaunch && !mounted.includes(name))
    .map(({ name }) => name)
  return names.length > 0 ? `Volumes [${names.join(', ')}] are not referenced by any of the containers.` : undefined
}

/** A path in a container has one volume; each mount says where. */
export function mountProblem({ name, mountPoints = [] }: ContainerInput): string | undefined {
  if (mountPoints.some(({ containerPath }) => !containerPath)) {
    return `Invalid setting for container '${name}'. Mount points need a 'containerPath'.`
  }
  const twice = repeated(mountPoints.map(({ containerPath }) => containerPath))
  return twice && `Invalid setting for container '${name}'. Path '${twice}' is mounted more than once.`
}
