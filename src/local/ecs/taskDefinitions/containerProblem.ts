// What ECS refuses in a container definition.
import type { ContainerDependency, PortMapping } from '@aws-sdk/client-ecs'
import type { Wire } from '../../world/operation.ts'
import { settingsProblem } from '../checks/containers.ts'
import { networkProblem } from '../checks/network.ts'
import { mountProblem } from '../checks/volumes.ts'
import type { ContainerInput, TaskDefinitionInput } from '../inputs.ts'

/** What ECS finds wrong with one container of a RegisterTaskDefinition input, in AWS's words, or undefined. */
export function containerProblem(container: ContainerInput, taskDefinition: TaskDefinitionInput): string | undefined {
  return (
    nameProblem(container) ??
    imageProblem(container) ??
    memoryProblem(container, taskDefinition) ??
    portProblem(container, taskDefinition) ??
    logProblem(container) ??
    secretProblem(container, taskDefinition) ??
    referenceProblem(container, taskDefinition) ??
    settingsProblem(container, taskDefinition) ??
    networkProblem(container, taskDefinition) ??
    mountProblem(container)
  )
}

function nameProblem({ name }: ContainerInput): string | undefined {
  if (!name) return 'Container.name should not be null or empty.'
  return /^[a-zA-Z0-9_-]{1,255}$/.test(name) ? undefined : 'Container.name contains invalid characters.'
}

/** Name with an optional registry port, tag and digest: what a container runtime can pull. */
const imageForm = /^\w[\w.#/-]*(:\d+\/[\w.#/-]+)?(:\w[\w.-]{0,127})?(@\w+:[0-9a-fA-F]+)?$/

function imageProblem({ image }: ContainerInput): string | undefined {
  if (!image) return 'Container.image should not be null or empty.'
  return imageForm.test(image) ? undefined : 'Container.image contains invalid characters.'
}

function memoryProblem(
  { name, memory, memoryReservation }: ContainerInput,
  taskDefinition: TaskDefinitionInput,
): string | undefined {
  if (!memory && !memoryReservation && !taskDefinition.memory) {
    return `Invalid setting for container '${name}'. At least one of 'memory' or 'memoryReservation' must be specified.`
  }
  if (!memory || !memoryReservation || memory >= memoryReservation) return undefined
  return `Invalid setting for container '${name}'. 'memory' must be greater than or equal to 'memoryReservation'.`
}

function portProblem({ portMappings = [] }: ContainerInput, { networkMode }: TaskDefinitionInput): string | undefined {
  if (networkMode !== 'awsvpc' && networkMode !== 'host') return undefined
  return portMappings.some(hasOtherHostPort)
    ? `When networkMode=${networkMode}, the host ports and container ports in port mappings must match.`
    : undefined
}

const hasOtherHostPort = ({ hostPort, containerPort }: Wire<PortMapping>): boolean =>
  hostPort !== undefined && hostPort !== 0 && hostPort !== containerPort

function logProblem({ logConfiguration }: ContainerInput): string | undefined {
  if (logConfiguration?.logDriver !== 'awslogs') return undefined
  const { options = {} } = logConfiguration
  return options['awslogs-region'] && options['awslogs-group']
    ? undefined
    : 'Log driver awslogs requires options: awslogs-region, awslogs-group'
}

function secretProblem({ secrets }: ContainerInput, { executionRoleArn }: TaskDefinitionInput): string | undefined {
  return secrets?.length && !executionRoleArn
    ? "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'."
    : undefined
}

function referenceProblem(
  container: ContainerInput,
  { containerDefinitions, volumes = [] }: TaskDefinitionInput,
): string | undefined {
  const isMissing = (name = ''): boolean => !containerDefinitions.some((other) => other.name === name)
  const { links = [], volumesFrom = [], mountPoints = [], dependsOn = [] } = container
  // A link is `name` or `name:alias`.
  const link = links.map((text) => text.split(':')[0]).find((name) => isMissing(name))
  if (link !== undefined) return `Invalid 'links' setting. Unknown container: '${link}'.`
  const source = volumesFrom.flatMap((volume) => volume.sourceContainer ?? []).find((name) => isMissing(name))
  if (source !== undefined) return `Invalid 'volumesFrom' setting. Unknown container: '${source}'.`
  const volumeNames = volumes.map((volume) => volume.name)
  const mount = mountPoints.find(({ sourceVolume }) => sourceVolume && !volumeNames.includes(sourceVolume))
  if (mount) return `Unknown volume '${mount.sourceVolume}'.`
  return dependsOn.map((dependency) => dependencyProblem(dependency, containerDefinitions)).find(Boolean)
}

function dependencyProblem(
  { containerName, condition }: Wire<ContainerDependency>,
  containers: readonly ContainerInput[],
): string | undefined {
  const target = containers.find(({ name }) => name === containerName)
  // The stray plus sign is AWS's.
  if (!target) return `Cannot depend on container + '${containerName}' because it does not exist`
  if ((condition === 'SUCCESS' || condition === 'COMPLETE') && target.essential !== false) {
    return 'A dependency container with SUCCESS or COMPLETE condition cannot be an essential container'
  }
  return condition === 'HEALTHY' && !target.healthCheck
    ? 'A dependency container with HEALTHY condition must have health check configured'
    : undefined
}
