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

it('a service is shown with what AWS says of it, and 0 where it says nothing', () => {
  const pointedAt = (arn: string | undefined) => ({ revision: arn, tags: [] })
  const events = Array.from({ length: 7 }, (_, index) => ({ message: `event ${index}`, createdAt: new Date(index) }))
  const counts = { desiredCount: 4, runningCount: 3, pendingCount: 2 }
  const deployment = { ...counts, id: 'ecs-svc/1', status: 'PRIMARY', failedTasks: 1, taskDefinition: 'web:1' }
  const current: ServiceDeployment = { status: 'IN_PROGRESS', lifecycleStage: 'BAKE_TIME' }
  expect(
    serviceStatus(
      'a/b',
      { ...counts, taskDefinition: 'web:2', deployments: [deployment], events },
      { current, pointedAt },
    ),
  ).toMatchObject({
    service: 'a/b',
    revision: 'web:2',
    desired: 4,
    running: 3,
    pending: 2,
    deployments: [
      {
        id: 'ecs-svc/1',
        status: 'PRIMARY',
        revision: 'web:1',
        desired: 4,
        running: 3,
        pending: 2,
        failed: 1,
      },
    ],
    serviceDeployment: {
      status: 'IN_PROGRESS',
      lifecycleStage: 'BAKE_TIME',
      paused: [],
    },
    events: [0, 1, 2, 3, 4].map((index) => ({
      message: `event ${index}`,
      at: new Date(index).toISOString(),
    })),
  })
  expect(serviceStatus('a/b', { deployments: [{}], events: [{}] }, { current: {}, pointedAt })).toMatchObject({
    desired: 0,
    running: 0,
    pending: 0,
    deployments: [
      {
        id: '',
        status: '',
        desired: 0,
        running: 0,
        pending: 0,
        failed: 0,
      },
    ],
    serviceDeployment: { status: '' },
    events: [
      {
        at: '',
        message: '',
      },
    ],
  })
})
