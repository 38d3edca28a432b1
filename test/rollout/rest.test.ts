import type { Deployment, Service } from '@aws-sdk/client-ecs'
import { describe, expect, it } from 'vitest'
import { hasMadeRoom, isSteady } from '../../src/rollout/steady.ts'
import { stuck } from '../../src/rollout/stuck.ts'

const began = new Date('2026-01-01T00:00:00Z')
const at = (seconds: number): Date => new Date(began.getTime() + seconds * 1000)
const ours = (more: Partial<Deployment> = {}): Deployment => ({
  id: 'new',
  status: 'PRIMARY',
  createdAt: began,
  desiredCount: 2,
  runningCount: 1,
  pendingCount: 0,
  ...more,
})
const service = (deployment: Deployment, more: Partial<Service> = {}): Service => ({
  desiredCount: 2,
  deployments: [deployment],
  ...more,
})
const reported = (...messages: (readonly [message: string, seconds: number])[]) => ({
  events: messages.map(([message, seconds]) => ({ message, createdAt: at(seconds) })),
})

describe('ECS’s word that nothing has room for a task', () => {
  const [patience, noRoom] = [11 * 60_000, 'was unable to place a task because no container instance met its demand']
  const told = reported([`(service web) ${noRoom}.`, 0])

  it('is believed after eleven minutes without a change, and not before', () => {
    expect(stuck(service(ours(), told), 'new', patience - 1)).toBeUndefined()
    expect(stuck(service(ours(), told), 'new', patience)).toBe(noRoom)
  })

  it('is believed also of what AWS leaves out, and its latest word counts', () => {
    const missing = { desiredCount: 1, runningCount: undefined, pendingCount: undefined }
    expect(stuck(service(ours(missing), told), 'new', patience)).toBe(noRoom)
    const latest = reported(
      ['(service web) was unable to place a task for lack of memory', 2],
      [`(service web) ${noRoom}.`, 1],
    )
    expect(stuck(service(ours(), latest), 'new', patience)).toBe('was unable to place a task for lack of memory')
  })

  it.each<[string, Service]>([
    ['none are wanted', { ...service(ours({ desiredCount: 0, runningCount: undefined }), told), desiredCount: 0 }],
    ['it was said of a deployment before', service(ours(), reported([`(service web) ${noRoom}.`, -1]))],
    ['a task is coming up', service(ours({ pendingCount: 1 }), told)],
    ['all tasks run', service(ours({ runningCount: 2 }), told)],
    ['nobody knows when the deployment began', service(ours({ createdAt: undefined }), told)],
    ['ECS says something else', service(ours(), reported(['(service web) has started 1 tasks: (task 1).', 1]))],
    ['ours is not listed', service(ours({ id: 'other' }), told)],
  ])('says nothing where %s', (_, seen) => {
    expect(stuck(seen, 'new', patience)).toBeUndefined()
  })
})

describe('a service', () => {
  const whole = ours({ runningCount: 2 })
  const steady: readonly [string, number] = ['(service web) has reached a steady state.', 3]

  it.each<[string, boolean, Service, number]>([
    ['says so', true, service(whole, reported(steady)), 0],
    ['says so, whatever came before', true, service(whole, reported(steady, ['has started 2 tasks: (task 1).', 2])), 0],
    ['has started a task since', false, service(whole, reported(['has started 1 tasks: (task 1).', 4], steady)), 0],
    ['has stopped a task since', false, service(whole, reported(['has stopped 1 running tasks.', 4], steady)), 0],
    ['has reported what is no news of a task', true, service(whole, reported(['registered 1 targets', 4], steady)), 0],
    ['lacks a task', false, service(ours(), reported(steady)), 60_000],
    ['has a task that comes up', false, service(ours({ runningCount: 2, pendingCount: 1 }), reported(steady)), 60_000],
    [
      'says so, and leaves out what is 0',
      true,
      service(ours({ runningCount: 2, pendingCount: undefined }), reported(steady)),
      0,
    ],
    ['says nothing', false, service(whole), 59_999],
    ['says nothing for a minute', true, service(whole), 60_000],
  ])('that %s is steady: %s', (_, expected, seen, quiet) => {
    expect(isSteady(seen, quiet)).toBe(expected)
  })

  it('of which AWS leaves out what is 0 has made room', () => {
    expect([hasMadeRoom({}), hasMadeRoom({ runningCount: 1 }), hasMadeRoom({ pendingCount: 1 })]).toEqual([
      true,
      false,
      false,
    ])
  })

  it.each([
    [2, 1, 1, true],
    [2, 2, 1, false],
    [2, 3, 0, false],
    [0, 0, 0, true],
  ])(
    'that wants %d tasks, with %d running and %d pending, has made room: %s',
    (desiredCount, runningCount, pendingCount, expected) => {
      expect(hasMadeRoom({ desiredCount, runningCount, pendingCount })).toBe(expected)
    },
  )
})
