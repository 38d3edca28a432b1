// What ECS refuses in a task definition.
import { AwsFault } from '../../world/fault.ts'
import type { Wire } from '../../world/operation.ts'
import { checkPlacementConstraints } from '../containerInstances/placementRules.ts'
import { checkOneOf, invalid } from '../invalid.ts'
import { containerProblem } from './containerProblem.ts'
import { fargateProblem, isTaskSize, taskCpu, taskMemory } from './fargateProblem.ts'

/**
 * Refuses a RegisterTaskDefinition input that ECS would refuse: the first problem it meets, in AWS's words where they
 * are known. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
 */
export function checkTaskDefinition(input: Wire): void {
  if (input.tags?.length === 0) throw invalid('Tags can not be empty.')
  checkOneOf('networkMode', input.networkMode, ['awsvpc', 'bridge', 'host', 'none'])
  for (const compatibility of input.requiresCompatibilities ?? []) {
    checkOneOf('requiresCompatibilities', compatibility, ['EC2', 'FARGATE', 'EXTERNAL', 'MANAGED_INSTANCES'])
  }
  checkPlacementConstraints(input.placementConstraints, ['memberOf'])
  for (const problemOf of rules) {
    const problem = problemOf(input)
    if (problem) throw new AwsFault('ClientException', problem)
  }
}

const rules: ((input: Wire) => string | undefined)[] = [
  ({ family }) => (family ? undefined : 'Family should not be null or empty.'),
  ({ family }) => (/^[a-zA-Z0-9_-]{1,255}$/.test(family) ? undefined : 'Family contains invalid characters.'),
  (input) => (input.containerDefinitions?.length ? undefined : 'Container list cannot be empty.'),
  (input) =>
    input.containerDefinitions.length > 10 ? 'Container list cannot have more than 10 containers.' : undefined,
  (input) => firstOf(input.containerDefinitions, (container) => containerProblem(container, input)),
  duplicateName,
  (input) =>
    input.containerDefinitions.some(isEssential) ? undefined : "Task definition doesn't have any essential container.",
  ({ cpu }) => (cpu === undefined || isTaskSize(taskCpu(cpu)) ? undefined : invalidSetting('cpu')),
  ({ memory }) => (memory === undefined || isTaskSize(taskMemory(memory)) ? undefined : invalidSetting('memory')),
  (input) => (input.requiresCompatibilities?.includes('FARGATE') ? fargateProblem(input) : undefined),
  tooLarge,
]

function duplicateName({ containerDefinitions }: Wire): string | undefined {
  const names: string[] = containerDefinitions.map((container: Wire) => container.name)
  const twice = names.find((name, index) => names.indexOf(name) < index)
  return twice && `Container names must be unique within a task definition: '${twice}'.`
}

const isEssential = (container: Wire): boolean => container.essential !== false

const invalidSetting = (member: string): string =>
  `Invalid '${member}' setting for task. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.`

/** "Amazon ECS service quotas": a task definition has at most 64 KiB. ECS measures its own form of it, this one the JSON. */
function tooLarge(input: Wire): string | undefined {
  const length = Buffer.byteLength(JSON.stringify({ ...input, tags: undefined }))
  return length > 65_536 ? `Actual length: '${length}'. Max allowed length is '65536' bytes.` : undefined
}

function firstOf(containers: Wire[], problemOf: (container: Wire) => string | undefined): string | undefined {
  return containers.map(problemOf).find((problem) => problem !== undefined)
}
