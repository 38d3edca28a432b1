import { expect, test } from 'vitest'
import { logGroupsOf } from '../../src/definition/logGroups.ts'

const container = (name: string, logDriver: 'awslogs' | 'gelf', options?: Record<string, string>) => ({
  name,
  logConfiguration: { logDriver, ...(options && { options }) },
})

test('the log groups that a task definition needs are those of awslogs that no log driver makes', () => {
  const containerDefinitions = [
    container('web', 'awslogs', { 'awslogs-group': '/ecs/web' }),
    container('made', 'awslogs', { 'awslogs-group': '/ecs/made', 'awslogs-create-group': 'true' }),
    container('made too', 'awslogs', { 'awslogs-group': '/ecs/made-too', 'awslogs-create-group': 'True' }),
    container('not made', 'awslogs', { 'awslogs-group': '/ecs/not-made', 'awslogs-create-group': 'false' }),
    container('nowhere', 'awslogs'),
    container('gelf', 'gelf', { 'awslogs-group': '/ecs/gelf' }),
    { name: 'silent' },
  ]
  expect(logGroupsOf({ containerDefinitions })).toEqual(['/ecs/web', '/ecs/not-made'])
  expect(logGroupsOf({ containerDefinitions: undefined })).toEqual([])
})
