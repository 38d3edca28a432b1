// What RunTask refuses.
import type { RunTaskInput } from '../inputs.ts'
import { strategyProblem } from '../checks/capacity.ts'
import { repeated } from '../checks/problem.ts'
import { roleProblem } from '../checks/roles.ts'
import { checkTags } from '../checks/tags.ts'
import { checkPlacementConstraints, checkPlacementStrategy } from '../containerInstances/placementRules.ts'
import { invalid } from '../invalid.ts'
import { isTaskSize, taskCpu, taskMemory } from '../taskDefinitions/taskSize.ts'
import type { ShownTaskDefinition } from '../shown/records.ts'
import { launchTypeOf } from './newTask.ts'

type Rule = (input: RunTaskInput) => string | undefined

/** What RunTask refuses before it looks at the task definition: API_RunTask. */
export function checkRunTask(input: RunTaskInput): void {
  refuse(inputRules, (rule) => rule(input))
  checkTags(input.tags)
  checkPlacementConstraints(input.placementConstraints)
  checkPlacementStrategy(input.placementStrategy)
}

/** What RunTask refuses because the revision does not go with it. */
export function checkRunTaskOf(taskDefinition: ShownTaskDefinition, input: RunTaskInput): void {
  refuse(taskDefinitionRules, (rule) => rule(taskDefinition, input))
}

const inputRules: Rule[] = [
  ({ count = 1 }) =>
    Number.isInteger(count) && count >= 1 && count <= 10 ? undefined : 'count must be a whole number from 1 to 10.',
  // AWS documents letters, hyphens, slashes and underscores, but checks only the length: a tool in use sends a blank.
  ({ startedBy = '' }) => (startedBy.length > 128 ? 'startedBy longer than 128.' : undefined),
  ({ clientToken = '' }) =>
    /^[!-~]{0,64}$/.test(clientToken) ? undefined : 'clientToken can have up to 64 ASCII characters from 33 to 126.',
  ({ propagateTags }) =>
    propagateTags === undefined || propagateTags === 'TASK_DEFINITION' || propagateTags === 'NONE'
      ? undefined
      : 'propagateTags of a task can be TASK_DEFINITION or NONE.',
  ({ overrides = {} }) =>
    JSON.stringify(overrides).length > 8192 ? 'overrides can have up to 8192 characters of JSON.' : undefined,
  ({ overrides: { cpu = '1' } = {} }) => (isTaskSize(taskCpu(cpu)) ? undefined : 'Invalid cpu override.'),
  ({ overrides: { memory = '1' } = {} }) => (isTaskSize(taskMemory(memory)) ? undefined : 'Invalid memory override.'),
  ({ overrides: { taskRoleArn, executionRoleArn } = {} }) => roleProblem(taskRoleArn, executionRoleArn),
  ({ overrides: { ephemeralStorage } = {} }) =>
    ephemeralStorage && (ephemeralStorage.sizeInGiB < 21 || ephemeralStorage.sizeInGiB > 200)
      ? `EphemeralStorage size should be at ${ephemeralStorage.sizeInGiB < 21 ? 'least 21' : 'most 200'}.`
      : undefined,
  ({ overrides: { containerOverrides = [] } = {} }) =>
    repeated(containerOverrides.map(({ name }) => name)) === undefined
      ? undefined
      : 'A container can have only one override.',
  ({ group }) =>
    group?.startsWith('service:')
      ? `Invalid namespace for group. The group name '${group}' is for services.`
      : undefined,
  ({ capacityProviderStrategy }) => strategyProblem(capacityProviderStrategy),
  ({ launchType, capacityProviderStrategy = [] }) =>
    launchType !== undefined && capacityProviderStrategy.length > 0
      ? 'Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.'
      : undefined,
]

const taskDefinitionRules: ((taskDefinition: ShownTaskDefinition, input: RunTaskInput) => string | undefined)[] = [
  ({ status }) => (status === 'ACTIVE' ? undefined : 'TaskDefinition is inactive'),
  ({ compatibilities }, { launchType, capacityProviderStrategy: [first] = [] }) =>
    launchTypeOf({ launchType, capacityProviderName: first?.capacityProvider }) === 'FARGATE' &&
    !compatibilities.includes('FARGATE')
      ? 'Task definition does not support launch_type FARGATE.'
      : undefined,
  ({ networkMode }, { networkConfiguration }) =>
    networkMode === 'awsvpc' && !networkConfiguration?.awsvpcConfiguration
      ? "Network Configuration must be provided when networkMode 'awsvpc' is specified."
      : undefined,
  ({ networkMode }, { networkConfiguration }) =>
    networkMode !== 'awsvpc' && networkConfiguration?.awsvpcConfiguration
      ? 'Network Configuration is not valid for the given networkMode of this task definition.'
      : undefined,
  ({ taskRoleArn }, { enableExecuteCommand, overrides = {} }) =>
    enableExecuteCommand && !taskRoleArn && !overrides.taskRoleArn
      ? "The task couldn't be run because a valid taskRoleArn is not being used. Specify a valid task role in your " +
        'task definition and try again.'
      : undefined,
  ({ containerDefinitions }, { overrides = {} }) => {
    const names = containerDefinitions.map(({ name }) => name)
    const stranger = (overrides.containerOverrides ?? []).find(({ name }) => !names.includes(name ?? ''))
    return stranger && `Override for container named ${stranger.name} is not a container in the TaskDefinition.`
  },
]

function refuse<R>(rules: R[], problemOf: (rule: R) => string | undefined): void {
  for (const rule of rules) {
    const problem = problemOf(rule)
    if (problem) throw invalid(problem)
  }
}
