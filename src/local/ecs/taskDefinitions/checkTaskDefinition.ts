// What ECS refuses in a task definition.
import { AwsFault } from '../../world/fault.ts'
import { cpuProblem, isWindows, memoryProblem } from '../checks/containers.ts'
import { dependencyCircle } from '../checks/dependencies.ts'
import { portsProblem } from '../checks/network.ts'
import { firstOf } from '../checks/problem.ts'
import { roleProblem } from '../checks/roles.ts'
import { checkTags } from '../checks/tags.ts'
import { volumesProblem } from '../checks/volumes.ts'
import { checkPlacementConstraints } from '../containerInstances/placementRules.ts'
import type { ContainerInput, TaskDefinitionInput } from '../inputs.ts'
import { invalid } from '../invalid.ts'
import { containerProblem } from './containerProblem.ts'
import { fargateProblem } from './fargateProblem.ts'
import { isTaskSize, taskCpu, taskMemory } from './taskSize.ts'

/**
 * Refuses a RegisterTaskDefinition input that ECS would refuse: the first problem it meets, in AWS's words where they
 * are known. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
 */
export function checkTaskDefinition(input: TaskDefinitionInput): void {
  if (input.tags?.length === 0) throw invalid('Tags can not be empty.')
  checkTags(input.tags)
  checkPlacementConstraints(input.placementConstraints, ['memberOf'])
  for (const problemOf of rules) {
    const problem = problemOf(input)
    if (problem) throw new AwsFault('ClientException', problem)
  }
}

const rules: ((input: TaskDefinitionInput) => string | undefined)[] = [
  ({ family }) => (family ? undefined : 'Family should not be null or empty.'),
  ({ family }) => (/^[a-zA-Z0-9_-]{1,255}$/.test(family) ? undefined : 'Family contains invalid characters.'),
  (input) => (input.containerDefinitions.length > 0 ? undefined : 'Container list cannot be empty.'),
  (input) =>
    input.containerDefinitions.length > 10 ? 'Container list cannot have more than 10 containers.' : undefined,
  (input) => firstOf(input.containerDefinitions, (container) => containerProblem(container, input)),
  duplicateName,
  (input) =>
    input.containerDefinitions.some(isEssential) ? undefined : "Task definition doesn't have any essential container.",
  ({ cpu }) => (cpu === undefined || isTaskSize(taskCpu(cpu)) ? undefined : invalidSetting('cpu')),
  ({ memory }) => (memory === undefined || isTaskSize(taskMemory(memory)) ? undefined : invalidSetting('memory')),
  ({ cpu }) =>
    cpu !== undefined && (Number(taskCpu(cpu)) < 128 || Number(taskCpu(cpu)) > 196_608)
      ? invalidSetting('cpu')
      : undefined,
  ({ taskRoleArn, executionRoleArn }) => roleProblem(taskRoleArn, executionRoleArn),
  cpuProblem,
  memoryProblem,
  dependencyCircle,
  portsProblem,
  volumesProblem,
  proxyProblem,
  modeProblem,
  storageProblem,
  (input) => (input.requiresCompatibilities?.includes('FARGATE') ? fargateProblem(input) : undefined),
  tooLarge,
]

function duplicateName({ containerDefinitions }: TaskDefinitionInput): string | undefined {
  const names = containerDefinitions.map((container) => container.name)
  const twice = names.find((name, index) => names.indexOf(name) < index)
  return twice && `Container names must be unique within a task definition: '${twice}'.`
}

const isEssential = (container: ContainerInput): boolean => container.essential !== false

const invalidSetting = (member: string): string =>
  `Invalid '${member}' setting for task. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.`

/** "Amazon ECS service quotas": a task definition has at most 64 KiB. ECS measures its own form of it, this one the JSON. */
function tooLarge(input: TaskDefinitionInput): string | undefined {
  const length = Buffer.byteLength(JSON.stringify({ ...input, tags: undefined }))
  return length > 65_536 ? `Actual length: '${length}'. Max allowed length is '65536' bytes.` : undefined
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ProxyConfiguration.html */
function proxyProblem({
  proxyConfiguration: proxy,
  networkMode,
  containerDefinitions,
}: TaskDefinitionInput): string | undefined {
  if (proxy === undefined) return undefined
  if (networkMode !== 'awsvpc') return 'APPMESH proxy configuration is only supported in networkMode=awsvpc.'
  return containerDefinitions.some(({ name }) => name === proxy.containerName)
    ? undefined
    : `Proxy container [${proxy.containerName}] does not exist.`
}

/** Windows has no process or IPC namespace to share, and Elastic Inference is no more. */
function modeProblem({
  pidMode,
  ipcMode,
  runtimePlatform,
  inferenceAccelerators,
}: TaskDefinitionInput): string | undefined {
  if (inferenceAccelerators?.length) return "Unsupported field 'inferenceAccelerators'"
  return isWindows(runtimePlatform) && (pidMode ?? ipcMode) !== undefined
    ? `${pidMode ? 'pidMode' : 'ipcMode'} is not supported for Windows containers.`
    : undefined
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EphemeralStorage.html */
function storageProblem({ ephemeralStorage, requiresCompatibilities = [] }: TaskDefinitionInput): string | undefined {
  if (ephemeralStorage === undefined) return undefined
  const { sizeInGiB } = ephemeralStorage
  if (sizeInGiB < 21) return 'EphemeralStorage size should be at least 21.'
  if (sizeInGiB > 200) return 'EphemeralStorage size should be at most 200.'
  return requiresCompatibilities.length > 0 && !requiresCompatibilities.includes('FARGATE')
    ? 'Tasks using the EC2 launch type do not support EphemeralStorage.'
    : undefined
}
