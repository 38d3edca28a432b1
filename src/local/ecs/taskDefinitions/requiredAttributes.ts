// What a container instance has to be able to do for a task definition, as ECS lists it.
import type { ContainerInput, TaskDefinitionInput } from '../inputs.ts'
import { isEcrImage } from './fargateProblem.ts'

const capability = (name: string): string => `com.amazonaws.ecs.capability.${name}`

/** The `requiresAttributes` of a RegisterTaskDefinition input; the names and their order are those of ECS's own answers. */
export function requiredAttributes(taskDefinition: Partial<TaskDefinitionInput>): { name: string }[] {
  const { containerDefinitions: containers = [], networkMode, taskRoleArn, executionRoleArn } = taskDefinition
  const some = (test: (container: ContainerInput) => unknown): boolean => containers.some(test)
  const drivers = new Set(containers.flatMap(({ logConfiguration }) => logConfiguration?.logDriver ?? []))
  const isFromEcr = some(({ image = '' }) => isEcrImage(image))
  const isOrdered = some(({ dependsOn, startTimeout, stopTimeout }) => dependsOn?.length || startTimeout || stopTimeout)
  const hasSecret = (service: string): boolean =>
    some(({ secrets = [] }) => secrets.some(({ valueFrom }) => sourceOf(valueFrom) === service))
  const required: [name: string, isRequired: unknown][] = [
    ...[...drivers].map((driver): [string, boolean] => [capability(`logging-driver.${driver}`), true]),
    [capability('docker-remote-api.1.24'), some(({ healthCheck }) => healthCheck)],
    ['ecs.capability.execution-role-awslogs', executionRoleArn && drivers.has('awslogs')],
    [capability('ecr-auth'), isFromEcr],
    [capability('docker-remote-api.1.19'), isFromEcr || drivers.has('awslogs')],
    [capability('privileged-container'), some(({ privileged }) => privileged)],
    [capability('docker-remote-api.1.17'), isOrdered],
    [capability('task-iam-role'), taskRoleArn],
    ['ecs.capability.container-ordering', isOrdered],
    ['ecs.capability.secrets.asm.environment-variables', hasSecret('secretsmanager')],
    ['ecs.capability.secrets.ssm.environment-variables', hasSecret('ssm')],
    ['ecs.capability.container-health-check', some(({ healthCheck }) => healthCheck)],
    ['ecs.capability.execution-role-ecr-pull', executionRoleArn && isFromEcr],
    [capability('docker-remote-api.1.18'), networkMode === 'awsvpc'],
    ['ecs.capability.task-eni', networkMode === 'awsvpc'],
  ]
  return required.flatMap(([name, isRequired]) => (isRequired ? [{ name }] : []))
}

/** The name of a parameter, without an ARN, is one of Systems Manager. */
const sourceOf = (valueFrom: string): string => /^arn:[\w-]+:(secretsmanager|ssm):/.exec(valueFrom)?.[1] ?? 'ssm'
