import { describe, expect, test } from 'vitest'
import type { RunEvent } from '../../src/engine/events.ts'
import { type Picture, emptyPicture, reduce, stepOf } from '../../src/output/picture.ts'
import { at, everyEvent } from './everyEvent.ts'
import { finished, progressed, started, task } from './logs/happenings.ts'
import { migrating, updating } from './logs/deployPlan.ts'
import { logs } from './logs/logs.ts'

const after = (...events: readonly RunEvent[]): Picture =>
  events.reduce((picture, event) => reduce(picture, { ...event, at }), emptyPicture)

describe('the picture of a run', () => {
  test('a plan makes every step wait', () => {
    const { steps } = after(everyEvent['plan.made'])
    expect(steps.map(({ state }) => state)).toEqual(['waiting', 'waiting', 'waiting', 'waiting', 'waiting'])
    const { id, title, subject } = updating
    expect(steps[2]).toEqual({
      id,
      title,
      subject,
      method: 'updateService',
      undoing: false,
      state: 'waiting',
      tasks: [],
    })
  })

  test('a step starts, finishes and keeps its result', () => {
    expect(after(everyEvent['plan.made'], started(updating)).steps[2]?.state).toBe('running')
    expect(after(everyEvent['plan.made'], started(updating), finished(updating, 'web:8')).steps[2]).toMatchObject({
      state: 'finished',
      note: 'web:8',
    })
  })

  test('a step that no plan has shown comes last', () => {
    const { steps } = after(everyEvent['plan.made'], started({ ...updating, id: 'stopTask a', title: 'Stop a' }))
    expect(steps.map(({ id }) => id).at(-1)).toBe('stopTask a')
  })

  test('a step and its undo are two entries, even with one id, and progress belongs to the later one', () => {
    const picture = after(
      started(updating),
      progressed(updating.id, 'web', { running: 1 }),
      started(updating, true),
      progressed(updating.id, 'web', { running: 2 }),
    )
    expect(picture.steps.map(({ undoing, service }) => [undoing, service?.running])).toEqual([
      [false, 1],
      [true, 2],
    ])
    expect(stepOf(picture, updating.id)?.undoing).toBe(true)
  })

  test('a service has its last counts and its newest message', () => {
    const picture = after(
      started(updating),
      everyEvent['service.progressed'],
      everyEvent['service.reported'],
      { ...everyEvent['service.reported'], message: '(service web) was unable to place a task.' },
      progressed(updating.id, 'web', { running: 2 }, 'COMPLETED'),
    )
    expect(stepOf(picture, updating.id)).toMatchObject({
      service: {
        cluster: 'my_cluster',
        service: 'web',
        desired: 2,
        running: 2,
        pending: 0,
        failed: 0,
        others: 0,
        rolloutState: 'COMPLETED',
      },
      newest: 'was unable to place a task.',
    })
  })

  test('a service that is deployed in stages has the stage it has reached', () => {
    const picture = after(started(updating), everyEvent['service.progressed'])
    expect(stepOf(picture, updating.id)?.service?.lifecycleStage).toBe('BAKE_TIME')
  })

  test('a deployment stays paused until it is seen at another stage', () => {
    const paused = { ...everyEvent['deployment.paused'], lifecycleStage: 'BAKE_TIME' }
    const still = after(started(updating), paused, everyEvent['service.progressed'])
    expect(stepOf(still, updating.id)?.paused).toEqual({
      cluster: 'my_cluster',
      service: 'web',
      lifecycleStage: 'BAKE_TIME',
      command: 'tsx web.ts continue',
    })
    const on = after(started(updating), paused, progressed(updating.id, 'web', { running: 2 }))
    expect(stepOf(on, updating.id)?.paused).toBeUndefined()
  })

  test.each([
    'has started 2 tasks: (task 11aa22bb33) (task 44cc55dd66).',
    'has stopped 2 running tasks: (task 77ee88ff99) (task 00aa11bb22).',
    'has begun draining connections on 2 tasks.',
    'registered 2 targets in (target-group arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/73e2)',
    'deregistered 1 targets in (target-group arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/73e2)',
    '(deployment ecs-svc/2222222222222222222) deployment completed.',
    'has reached a steady state.',
  ])('what every rollout reports is no news: %s', (message) => {
    const report = (text: string): RunEvent => ({ ...everyEvent['service.reported'], message: `(service web) ${text}` })
    expect(stepOf(after(started(updating), report(message)), updating.id)?.newest).toBeUndefined()
    const trouble = report('(task 0f3a) failed container health checks.')
    expect(stepOf(after(started(updating), trouble), updating.id)?.newest).toBe(
      '(task 0f3a) failed container health checks.',
    )
  })

  test('a service has the revision that it ran at first, and the one that it was last seen to run', () => {
    const answer = (method: 'describeServices' | 'updateService' | 'createService', revision: string): RunEvent => {
      const service = {
        serviceName: 'web',
        serviceArn: 'arn:aws:ecs:eu-west-1:123456789012:service/my_cluster/web',
        clusterArn: 'arn:aws:ecs:eu-west-1:123456789012:cluster/my_cluster',
        taskDefinition: `arn:aws:ecs:eu-west-1:123456789012:task-definition/${revision}`,
        status: 'ACTIVE',
      }
      const result = method === 'describeServices' ? { services: [service] } : { service }
      return { ...everyEvent['call.finished'], method, result }
    }
    const updated = after(answer('describeServices', 'web:7'), answer('updateService', 'web:8'))
    expect(updated.observed.services.get('my_cluster/web')).toMatchObject({ before: 'web:7', after: 'web:8' })
    const created = after(answer('createService', 'web:1'), answer('describeServices', 'web:1'))
    expect(created.observed.services.get('my_cluster/web')).toMatchObject({ before: undefined, after: 'web:1' })
    expect(reduce(updated, { ...answer('describeServices', 'web:8'), at })).toBe(updated)
  })

  test('what the local AWS has created is kept', () => {
    const { made } = everyEvent['local.provisioned']
    expect(after(everyEvent['run.started'], everyEvent['local.provisioned']).made).toEqual(made)
  })

  test('a failed step has its forensics', () => {
    const { forensics } = everyEvent['step.failed']
    expect(after(everyEvent['step.failed']).steps[0]?.forensics).toEqual(forensics)
  })

  test('each task of a step has one entry, whose status changes', () => {
    const other = { ...everyEvent['task.progressed'], step: migrating.id }
    const picture = after(started(migrating), task('PENDING'), other, task('STOPPED', { exitCode: 0 }))
    expect(
      stepOf(picture, migrating.id)?.tasks.map(
        ({ taskArn, lastStatus }) => `${taskArn.split('/').at(-1)} ${lastStatus}`,
      ),
    ).toEqual(['0f3a9c21d5 STOPPED', '0f3a STOPPED'])
  })

  test('progress of an unknown step changes nothing', () => {
    const picture = after(started(migrating))
    for (const type of ['service.progressed', 'service.reported', 'task.progressed'] as const) {
      expect(reduce(picture, { ...everyEvent[type], at })).toBe(picture)
    }
  })

  test('calls change nothing', () => {
    for (const type of ['call.finished', 'call.failed', 'call.retried'] as const)
      expect(reduce(emptyPicture, { ...everyEvent[type], at })).toBe(emptyPicture)
  })

  test('what was not rolled back is left at the end, whichever event reported it', () => {
    const { left: _, ...end } = everyEvent['run.finished']
    expect(after(everyEvent['undo.started'], everyEvent['undo.finished'], end).end?.leftovers).toEqual(['service web'])
    expect(after(everyEvent['run.finished']).end?.leftovers).toEqual(['service web'])
  })

  test('a second run begins with an empty picture', () => {
    expect(after(everyEvent['warning.raised'], started(updating), everyEvent['run.started'])).toEqual(
      after(everyEvent['run.started']),
    )
  })

  test('no picture and no event is ever changed in place', () => {
    for (const log of Object.values(logs)) {
      const frozen = deepFreeze(structuredCloneOf(log))
      let picture: Picture = deepFreeze({ ...emptyPicture })
      for (const event of frozen) picture = deepFreeze(reduce(picture, event))
      expect(picture.end).toBeDefined()
    }
  })

  test('shows a failed rollout', () => {
    const picture = logs.failedRollout!.reduce(reduce, emptyPicture)
    expect(picture.steps.map(({ title, undoing, state }) => `${undoing ? 'undo: ' : ''}${title}: ${state}`)).toEqual([
      'Register a new revision of web: finished',
      'Update service web in my_cluster: failed',
      'undo: Put service web back to web:7: finished',
      'undo: Deregister the new revision of web: failed',
    ])
    expect(picture.undo?.restored).toBe(false)
    expect(picture.end).toMatchObject({ outcome: 'halfDone', exitCode: 3 })
  })
})

function structuredCloneOf<T>(value: T): T {
  return JSON.parse(JSON.stringify(value))
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null)
    for (const member of Object.values(Object.freeze(value))) deepFreeze(member)
  return value
}
