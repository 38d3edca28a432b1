import { expect, it } from 'vitest'
import { restoreService } from '../../src/deploy/steps/restoreService.ts'

it('knows the deployment that ECS itself goes back to, also where another one is PRIMARY', () => {
  const before = {
    serviceName: 'web',
    taskDefinition: 'web:3',
    deployments: [
      { id: 'third', status: 'PRIMARY', taskDefinition: 'web:3' },
      { id: 'second', status: 'ACTIVE', taskDefinition: 'web:2' },
    ],
  }
  const idOf = (goal: string) => restoreService({ service: 'web' }, before, { goal }).params.deploymentId
  expect([idOf('web:3'), idOf('web:2'), idOf('web:1')]).toEqual(['third', 'second', undefined])
})
