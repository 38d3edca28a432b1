import type { Service, ServiceDeployment } from '@aws-sdk/client-ecs'
import { describe, expect, it } from 'vitest'
import { serviceStatus } from '../../../src/deploy/status/serviceStatus.ts'
import { stateOf } from '../../../src/deploy/status/status.ts'

const primary = {
  id: 'ecs-svc/1',
  status: 'PRIMARY',
  desiredCount: 2,
  runningCount: 2,
  rolloutState: 'COMPLETED',
} as const
const old = { ...primary, id: 'ecs-svc/0', status: 'ACTIVE' }
const service: Service = { desiredCount: 2, runningCount: 2, deployments: [primary] }

const stateWith = (more: Service, current?: ServiceDeployment): string =>
  serviceStatus('a/b', { ...service, ...more }, { current, pointedAt: () => ({ revision: 'web:1', tags: [] }) }).state

describe('the state of a service', () => {
  it.each<[string, string, Service, ServiceDeployment?]>([
    ['settled', 'has one deployment, complete, with all its tasks', {}],
    [
      'settled',
      'is behind a Classic Load Balancer, where ECS tells no rollout state',
      { deployments: [{ ...primary, rolloutState: undefined }] },
    ],
    ['settled', 'has a service deployment that has succeeded', {}, { status: 'SUCCESSFUL' }],
    ['settled', 'was rolled back by ECS', {}, { status: 'ROLLBACK_SUCCESSFUL' }],
    [
      'settled',
      'is complete, though an old look at its service deployment says that it has failed',
      {},
      { status: 'ROLLBACK_FAILED' },
    ],
    ['inProgress', 'has tasks of an older deployment', { deployments: [primary, old] }],
    [
      'inProgress',
      'has a rollout that is not complete',
      { deployments: [{ ...primary, rolloutState: 'IN_PROGRESS' }] },
    ],
    ['inProgress', 'runs too few tasks', { deployments: [{ ...primary, runningCount: 1 }] }],
    ['inProgress', 'runs too many tasks', { deployments: [{ ...primary, runningCount: 3 }] }],
    ['inProgress', 'was scaled, which its deployment has not heard of', { desiredCount: 3 }],
    ['inProgress', 'bakes, after all tasks run', {}, { status: 'IN_PROGRESS', lifecycleStage: 'BAKE_TIME' }],
    ['inProgress', 'is being rolled back', {}, { status: 'ROLLBACK_IN_PROGRESS' }],
    ['inProgress', 'has no deployment to be seen yet', { deployments: [] }],
    [
      'failed',
      'has a rollout that has failed',
      { deployments: [{ ...primary, rolloutState: 'FAILED', runningCount: 0 }, old] },
    ],
    ['failed', 'could not be rolled back', { deployments: [primary, old] }, { status: 'ROLLBACK_FAILED' }],
  ])('is %s when it %s', (state, _, more, current) => {
    expect(stateWith(more, current)).toBe(state)
  })

  it('of several is the worst', () => {
    const states = ['settled', 'inProgress', 'failed'] as const
    const of = (...indexes: number[]): string => stateOf(indexes.map((index) => ({ state: states[index]! })))
    expect([of(), of(0, 0), of(0, 1), of(1, 2, 0)]).toEqual(['settled', 'settled', 'inProgress', 'failed'])
  })
})
