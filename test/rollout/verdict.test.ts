import type { Deployment, Service } from '@aws-sdk/client-ecs'
import { describe, expect, it } from 'vitest'
import { desiredOf, identityOf, judge } from '../../src/rollout/verdict.ts'

const identity = { id: 'ecs-svc/2', known: new Set(['ecs-svc/1', 'ecs-svc/2']) }
const ours = (more: Partial<Deployment> = {}): Deployment => ({
  id: 'ecs-svc/2',
  status: 'PRIMARY',
  rolloutState: 'IN_PROGRESS',
  runningCount: 0,
  desiredCount: 2,
  pendingCount: 0,
  ...more,
})
const old = (more: Partial<Deployment> = {}): Deployment => ({
  id: 'ecs-svc/1',
  status: 'ACTIVE',
  rolloutState: 'COMPLETED',
  ...more,
})
const service = (deployments: Deployment[], more: Partial<Service> = {}): Service => ({
  status: 'ACTIVE',
  serviceName: 'web',
  deployments,
  ...more,
})

describe('a look at a service', () => {
  it('says completed only when the deployment with our id has completed', () => {
    expect(judge(service([ours({ rolloutState: 'COMPLETED' })]), identity)).toEqual({ state: 'completed' })
    expect(judge(service([ours(), old()]), identity)).toEqual({ state: 'inProgress' })
  })

  it('does not mistake a stable service for success: after a rollback it is stable too', () => {
    const stable = service([old({ status: 'PRIMARY', runningCount: 2, desiredCount: 2 })], {
      runningCount: 2,
      desiredCount: 2,
    })
    expect(judge(stable, identity).state).not.toBe('completed')
  })

  it('takes one that was created at the same moment as ours for another, and an older one for a stale answer', () => {
    const since = new Date('2026-01-01T00:00:00Z')
    const own = identityOf(service([ours({ createdAt: since })]))
    expect(own.since).toEqual(since)
    const other = (milliseconds: number) =>
      judge(
        service([old({ id: 'ecs-svc/3', status: 'PRIMARY', createdAt: new Date(since.getTime() + milliseconds) })]),
        own,
      )
    expect([other(-1).state, other(0).state, other(1).state]).toEqual(['inProgress', 'superseded', 'superseded'])
  })

  it('does not say completed of ours where an earlier one is PRIMARY', () => {
    const back = service([old({ status: 'PRIMARY' }), ours({ status: 'ACTIVE', rolloutState: 'COMPLETED' })])
    expect(judge(back, identity)).toEqual({ state: 'inProgress' })
  })

  it('treats an older PRIMARY deployment as a stale answer, unless ECS says that ours has failed', () => {
    const late = service([old({ status: 'PRIMARY' })])
    expect(judge(late, identity)).toEqual({ state: 'inProgress' })
    const events = [
      { id: 'e', message: '(service web) (deployment ecs-svc/2) deployment failed: tasks failed to start.' },
    ]
    expect(judge({ ...late, events }, identity)).toEqual({
      state: 'failed',
      reason: 'tasks failed to start.',
      rolledBackTo: 'ecs-svc/1',
    })
  })

  it('says failed, with ECS’s reason, while ours is still listed', () => {
    const failed = ours({
      status: 'ACTIVE',
      rolloutState: 'FAILED',
      rolloutStateReason: 'ECS deployment circuit breaker: tasks failed to start.',
    })
    expect(judge(service([old({ status: 'PRIMARY', rolloutState: 'IN_PROGRESS' }), failed]), identity)).toEqual({
      state: 'failed',
      reason: 'ECS deployment circuit breaker: tasks failed to start.',
      rolledBackTo: 'ecs-svc/1',
    })
  })

  it('does not believe an event about another deployment', () => {
    const events = [
      { id: 'e', message: '(service web) (deployment ecs-svc/22) deployment failed: tasks failed to start.' },
    ]
    expect(judge(service([ours()], { events }), identity)).toEqual({ state: 'inProgress' })
  })

  it('says superseded when an unknown deployment is PRIMARY', () => {
    const theirs = { id: 'ecs-svc/3', status: 'PRIMARY', taskDefinition: 'arn:web:3' }
    expect(judge(service([theirs, ours({ status: 'ACTIVE' })]), identity)).toEqual({
      state: 'superseded',
      by: 'ecs-svc/3',
      taskDefinition: 'arn:web:3',
    })
  })

  it.each(['DRAINING', 'INACTIVE'])('says gone when the service is %s', (status) => {
    expect(judge(service([ours({ rolloutState: 'COMPLETED' })], { status }), identity).state).toBe('gone')
  })

  it('counts tasks behind a Classic Load Balancer, where ECS tells no rollout state', () => {
    const counted = ours({ rolloutState: undefined, runningCount: 2 })
    expect(judge(service([counted]), identity)).toEqual({ state: 'completed' })
    expect(judge(service([counted, old()]), identity)).toEqual({ state: 'inProgress' })
    expect(judge(service([{ ...counted, runningCount: 1 }]), identity)).toEqual({ state: 'inProgress' })
  })
})

it('the identity is the PRIMARY deployment of UpdateService’s answer, with all that were there', () => {
  expect(identityOf(service([ours(), old()]))).toEqual({ id: 'ecs-svc/2', known: new Set(['ecs-svc/2', 'ecs-svc/1']) })
  expect(() => identityOf(service([]))).toThrow('None of service/deployments is PRIMARY')
})

it('an unknown deployment that is older than ours cannot have taken over', () => {
  const since = new Date(10_000)
  const theirs = { id: 'ecs-svc/0', status: 'PRIMARY', taskDefinition: 'arn:web:2', createdAt: new Date(9_000) }
  expect(judge(service([theirs]), { ...identity, since })).toEqual({ state: 'inProgress' })
  expect(judge(service([{ ...theirs, createdAt: new Date(11_000) }]), { ...identity, since }).state).toBe('superseded')
})

it.each([
  ['a new one before the scheduler has looked', { status: 'PRIMARY', desiredCount: 0 }, 2],
  ['one that is being scaled', { status: 'PRIMARY', desiredCount: 5 }, 2],
  ['one that is on its way out', { status: 'ACTIVE', desiredCount: 1 }, 1],
  ['one of which AWS leaves the 0 out', { status: 'ACTIVE' }, 0],
  ['none', undefined, 0],
])('%s is to run as many tasks as the service wants, where it is PRIMARY', (_, deployment, expected) => {
  expect(desiredOf(deployment, { desiredCount: 2 })).toBe(expected)
})
