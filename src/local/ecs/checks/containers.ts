// What ECS refuses in the sizes, variables and limits of a container.
// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
import type { RuntimePlatform } from '@aws-sdk/client-ecs'
import type { Wire } from '../../world/operation.ts'
import type { ContainerInput, TaskDefinitionInput } from '../inputs.ts'
import { isTaskSize, taskCpu, taskMemory } from '../taskDefinitions/taskSize.ts'
import { firstOf, firstProblem, repeated } from './problem.ts'

type Rule = (container: ContainerInput, taskDefinition: TaskDefinitionInput) => string | undefined

/** What is wrong with one container of a task definition. */
export const settingsProblem = (container: ContainerInput, taskDefinition: TaskDefinitionInput): string | undefined =>
  firstProblem(rules, container, taskDefinition)

const rules: readonly Rule[] = [
  memoryIsWithinTheTask,
  secretsAreNoVariables,
  environmentFilesAreTen,
  environmentFilesAreObjects,
  softLimitsAreBelowHardOnes,
  logOptionsAreOfTheDriver,
  healthChecksHaveACommand,
  gpusAreWholeNumbers,
  linuxParametersAreNotForWindows,
]

/** A container cannot have more memory than its task. */
function memoryIsWithinTheTask(
  { name, memory = 0, memoryReservation = 0 }: ContainerInput,
  { memory: ofTask }: TaskDefinitionInput,
): string | undefined {
  if (ofTask === undefined || !isTaskSize(taskMemory(ofTask))) return undefined
  const most = Number(taskMemory(ofTask))
  if (memory > most) return `The 'memory' setting for container '${name}' is greater than for the task.`
  return memoryReservation > most
    ? `The 'memoryReservation' setting for container '${name}' is greater than for the task.`
    : undefined
}

/** A variable is told in `environment` or in `secrets`, once. */
function secretsAreNoVariables({ environment = [], secrets = [] }: ContainerInput): string | undefined {
  const names = secrets.map((secret) => secret.name)
  const variables = environment.map((variable) => variable.name)
  const twice = names.find((name) => variables.includes(name)) ?? repeated(names)
  return (
    twice &&
    'The secret name must be unique and not shared with any new or existing environment variables set on the ' +
      `container, such as '${twice}'.`
  )
}

function environmentFilesAreTen({ environmentFiles = [] }: ContainerInput): string | undefined {
  return environmentFiles.length > 10
    ? 'The maximum number of environment files was exceeded. Specify ten or less and try again.'
    : undefined
}

/** An environment file is an object in S3, by its ARN. */
function environmentFilesAreObjects({ environmentFiles }: ContainerInput): string | undefined {
  return firstOf(environmentFiles, ({ value }) =>
    /^arn:aws[\w-]*:s3:::[^/]+\/.+\.env$/.test(value ?? '') ? undefined : 'Invalid arn syntax.',
  )
}

function softLimitsAreBelowHardOnes({ ulimits }: ContainerInput): string | undefined {
  return firstOf(ulimits, ({ name, softLimit, hardLimit }) =>
    hardLimit !== -1 && (softLimit > hardLimit || softLimit === -1)
      ? `Soft limit exceeds hard limit for ulimit ${name}`
      : undefined,
  )
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html */
const awslogsOptions = [
  'awslogs-create-group',
  'awslogs-datetime-format',
  'awslogs-group',
  'awslogs-multiline-pattern',
  'awslogs-region',
  'awslogs-stream-prefix',
  'max-buffer-size',
  'mode',
]

/** The log driver awslogs takes no other options than its own. */
function logOptionsAreOfTheDriver({ logConfiguration }: ContainerInput): string | undefined {
  if (logConfiguration?.logDriver !== 'awslogs') return undefined
  const { options = {} } = logConfiguration
  const strange = Object.keys(options).filter((option) => !awslogsOptions.includes(option))
  if (strange.length > 0) return `Log driver awslogs disallows options: ${strange.join(', ')}`
  if (options['awslogs-datetime-format'] !== undefined && options['awslogs-multiline-pattern'] !== undefined) {
    return 'Log driver awslogs does not support both options: awslogs-datetime-format, awslogs-multiline-pattern'
  }
  const mode = options['mode']
  return mode === undefined || mode === 'blocking' || mode === 'non-blocking'
    ? undefined
    : "Log driver awslogs option 'mode' must be 'blocking' or 'non-blocking'."
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html */
function healthChecksHaveACommand({ name, healthCheck }: ContainerInput): string | undefined {
  if (healthCheck === undefined) return undefined
  // ECS takes a command without CMD: AWS's own definitions for its OpenTelemetry collector have one.
  return healthCheck.command.length > 0
    ? undefined
    : `The health check command of container '${name}' must start with CMD or CMD-SHELL.`
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ResourceRequirement.html */
function gpusAreWholeNumbers({ resourceRequirements }: ContainerInput): string | undefined {
  return firstOf(resourceRequirements, ({ type, value }) =>
    type !== 'GPU' || /^[1-9]\d*$/.test(value ?? '') ? undefined : `The value '${value}' for GPU is invalid.`,
  )
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LinuxParameters.html */
function linuxParametersAreNotForWindows(
  { linuxParameters }: ContainerInput,
  { runtimePlatform }: TaskDefinitionInput,
): string | undefined {
  return linuxParameters !== undefined && isWindows(runtimePlatform)
    ? 'linuxParameters are not supported for Windows containers.'
    : undefined
}

export const isWindows = (runtimePlatform: Wire<RuntimePlatform> | undefined): boolean =>
  runtimePlatform?.operatingSystemFamily?.startsWith('WINDOWS') ?? false

/** The containers of a task cannot have more CPU together than it has. */
export function cpuProblem({ cpu, containerDefinitions }: TaskDefinitionInput): string | undefined {
  if (cpu === undefined) return undefined
  const all = containerDefinitions.reduce((sum, container) => sum + (container.cpu ?? 0), 0)
  return all > Number(taskCpu(cpu))
    ? "The sum of all container 'cpu' values cannot be greater than the value of the task 'cpu'."
    : undefined
}

/** The containers of a task cannot have more memory set aside together than it has. */
export function memoryProblem({ memory, containerDefinitions }: TaskDefinitionInput): string | undefined {
  if (memory === undefined) return undefined
  const all = containerDefinitions.reduce((sum, each) => sum + (each.memoryReservation ?? 0), 0)
  return all > Number(taskMemory(memory))
    ? "The sum of all container 'memoryReservation' values cannot be greater than the value of the task 'memory'."
    : undefined
}
