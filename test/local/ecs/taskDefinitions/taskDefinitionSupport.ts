// Registers, describes and lists task definitions in tests.
import { expect } from 'vitest'
import type { Unchecked } from '../../../../src/local/world/operation.ts'
import { localAws, Refusal } from '../../support.ts'
import type { TestAws } from '../../support.ts'

export const container = { name: 'web', image: 'app:v1', memory: 128 }
export const role = 'arn:aws:iam::123456789012:role/execution'
export const awslogs = {
  logDriver: 'awslogs',
  options: { 'awslogs-group': '/app', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'app' },
}

/** Registers a family of one container, to which `of` is added; answers the refusal, or 'taken'. */
export function refusal(more: Unchecked, of: Unchecked = {}): string {
  const aws = localAws()
  const input = { family: 'web', containerDefinitions: [{ ...container, ...of }], ...more }
  try {
    aws.call('ecs', 'RegisterTaskDefinition', input)
    expect(aws.region.taskDefinitions['web']).toHaveLength(1)
    return 'taken'
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    expect(error.status).toBe(400)
    expect(aws.region.taskDefinitions).toEqual({})
    return `${error.code}: ${error.message}`
  }
}

export const register = (aws: TestAws, family: string, more: Unchecked = {}): Unchecked =>
  aws.call('ecs', 'RegisterTaskDefinition', { family, containerDefinitions: [container], ...more })

export const deregister = (aws: TestAws, taskDefinition: string): Unchecked =>
  aws.call('ecs', 'DeregisterTaskDefinition', { taskDefinition }).taskDefinition

export const describeIt = (aws: TestAws, taskDefinition: string): Unchecked =>
  aws.call('ecs', 'DescribeTaskDefinition', { taskDefinition }).taskDefinition

export const list = (aws: TestAws, input: Unchecked = {}): string[] =>
  aws.call('ecs', 'ListTaskDefinitions', input).taskDefinitionArns.map((arn: string) => arn.split('/')[1])
