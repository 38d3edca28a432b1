import { expect, it } from 'vitest'
import { localAws } from '../../support.ts'
import { awslogs, container, register, role } from './taskDefinitionSupport.ts'

const ecr = '123456789012.dkr.ecr.us-east-1.amazonaws.com/web:v1'
const secret = (valueFrom: string) => ({ name: valueFrom.replaceAll(/\W/g, '_'), valueFrom })
const healthCheck = { command: ['CMD', 'true'] }

/** The names of requiresAttributes without what all of them begin with. */
function attributes(of: object, more: object = {}): string[] {
  const input = { containerDefinitions: [{ ...container, ...of }], executionRoleArn: role, ...more }
  const { requiresAttributes } = register(localAws(), 'web', input).taskDefinition
  return requiresAttributes.map(({ name }: { name: string }) =>
    name.replace(/^(com\.amazonaws\.)?ecs\.capability\./, ''),
  )
}

// As ECS itself has answered, in its order.
it.each<[string, object, object, string[]]>([
  ['nothing', {}, {}, []],
  ['awsvpc', {}, { networkMode: 'awsvpc' }, ['docker-remote-api.1.18', 'task-eni']],
  [
    'a stopTimeout',
    { stopTimeout: 60 },
    { networkMode: 'awsvpc' },
    ['docker-remote-api.1.17', 'container-ordering', 'docker-remote-api.1.18', 'task-eni'],
  ],
  [
    'logs, ECR, a role, a health check and a network',
    { image: ecr, logConfiguration: awslogs, healthCheck },
    { networkMode: 'awsvpc', taskRoleArn: role },
    [
      'logging-driver.awslogs',
      'docker-remote-api.1.24',
      'execution-role-awslogs',
      'ecr-auth',
      'docker-remote-api.1.19',
      'task-iam-role',
      'container-health-check',
      'execution-role-ecr-pull',
      'docker-remote-api.1.18',
      'task-eni',
    ],
  ],
  [
    'secrets of both kinds, one of them by its name',
    { secrets: [secret('arn:aws:secretsmanager:us-east-1:123456789012:secret:key'), secret('parameter')] },
    {},
    ['secrets.asm.environment-variables', 'secrets.ssm.environment-variables'],
  ],
  ['no execution role', { image: ecr }, { executionRoleArn: undefined }, ['ecr-auth', 'docker-remote-api.1.19']],
  [
    'privileges and another log driver',
    { privileged: true, logConfiguration: { logDriver: 'gelf' } },
    {},
    ['logging-driver.gelf', 'privileged-container'],
  ],
])('a task definition with %s requires what it takes', (_, of, more, expected) => {
  expect(attributes(of, more)).toEqual(expected)
})
