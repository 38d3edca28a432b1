import type { Deployment, Service } from '@aws-sdk/client-ecs'
import { describe, expect, it } from 'vitest'
import type { RunEvent } from '../../src/engine/events.ts'
import { pacing } from '../../src/rollout/pace.ts'
import { answerCommand, pauseHooks } from '../../src/rollout/pauseHooks.ts'
import { progress, unmet } from '../../src/rollout/progress.ts'

const ours = (more: Partial<Deployment> = {}): Deployment => ({
  id: 'new',
  rolloutState: 'IN_PROGRESS',
  desiredCount: 2,
  runningCount: 0,
  pendingCount: 0,
  failedTasks: 0,
  ...more,
})
const service = (deployments: Deployment[], ...messages: string[]): Service => ({
  clusterArn: 'arn:aws:ecs:us-east-1:1:cluster/shop',
  serviceName: 'web',
  deployments,
  events: messages
    .map((message, index) => ({
      id: message,
      message,
      createdAt: new Date(index * 1e3),
    }))
    .toReversed(),
})

function told(before: Service = service([])) {
  const events: RunEvent[] = []
  const tell = progress({ step: 'step', id: 'new', before, emit: (event) => void events.push(event) })
  return {
    tell,
    events,
    messages: () => events.flatMap((event) => (event.type === 'service.reported' ? event.message : [])),
  }
}

describe('the headway of a rollout', () => {
  it('is told with the counts of our deployment, and how many tasks the others run', () => {
    const { tell, events } = told()
    const others = [
      ours({ id: 'old', runningCount: 2 }),
      ours({ id: 'older', runningCount: 3 }),
      ours({ id: 'gone', runningCount: undefined }),
    ]
    tell(service([ours({ runningCount: 1, pendingCount: 4, failedTasks: 5 }), ...others]))
    expect(events).toEqual([
      {
        type: 'service.progressed',
        step: 'step',
        cluster: 'shop',
        service: 'web',
        deploymentId: 'new',
        desired: 2,
        running: 1,
        pending: 4,
        failed: 5,
        rolloutState: 'IN_PROGRESS',
        others: 5,
      },
    ])
  })

  it('counts as nothing what AWS leaves out', () => {
    const { tell, events } = told()
    tell({ deployments: [{ id: 'new' }] })
    expect(events).toMatchObject([
      {
        cluster: '',
        service: '',
        desired: 0,
        running: 0,
        pending: 0,
        failed: 0,
        rolloutState: 'IN_PROGRESS',
        others: 0,
      },
    ])
  })

  it('is that of the record where the list says nothing, and GONE where nobody does', () => {
    const { tell, events } = told()
    tell(service([]))
    tell(service([]), { status: 'STOPPED', lifecycleStage: 'BAKE_TIME' })
    expect(events).toMatchObject([{ rolloutState: 'GONE' }, { rolloutState: 'STOPPED', lifecycleStage: 'BAKE_TIME' }])
    expect(events[0]).not.toHaveProperty('lifecycleStage')
  })

  it('shows the traffic, also where none goes there yet', () => {
    const { tell, events } = told()
    const linear = (requestedProductionTrafficWeight: number) => ({
      deploymentConfiguration: { strategy: 'LINEAR' as const },
      targetServiceRevision: { requestedProductionTrafficWeight },
    })
    for (const weight of [0, 0, 50]) tell(service([ours()]), linear(weight))
    expect(events).toMatchObject([{ trafficPercent: 0 }, { trafficPercent: 50 }])
  })

  it('is told only when something has changed', () => {
    const { tell, events } = told()
    expect(tell(service([ours()])).hasChanged).toBe(true)
    expect(tell(service([ours()])).hasChanged).toBe(false)
    expect(tell(service([ours({ pendingCount: 1 })])).hasChanged).toBe(true)
    expect(events).toHaveLength(2)
  })

  it('tells each of ECS’s events once, the oldest first, and none that was there before', () => {
    const { tell, events, messages } = told(service([], 'before'))
    expect(tell(service([ours()], 'before')).hasEvents).toBe(false)
    expect(tell(service([ours()], 'before', 'one', 'two')).hasEvents).toBe(true)
    expect(tell(service([ours()], 'before', 'one', 'two', 'three')).hasEvents).toBe(true)
    expect(messages()).toEqual(['one', 'two', 'three'])
    expect(events.filter(({ type }) => type === 'service.reported')[0]).toEqual({
      type: 'service.reported',
      step: 'step',
      cluster: 'shop',
      service: 'web',
      message: 'one',
      reportedAt: '1970-01-01T00:00:01.000Z',
    })
  })
})

describe('a rollout is worth a look at its stopped tasks', () => {
  const suspicious = (...looks: Service[]): boolean | undefined => {
    const { tell } = told()
    return looks.map((look) => tell(look).isSuspicious).at(-1)
  }
  const started = (count: number): string => `(service web) has started ${count} tasks: (task 1).`

  it.each<[string, boolean, Service[]]>([
    ['nothing has happened', false, [service([ours()])]],
    ['tasks come up', false, [service([ours()]), service([ours({ runningCount: 1 })])]],
    ['a task has failed', true, [service([ours({ failedTasks: 1 })])]],
    ['no other has failed since', false, [service([ours({ failedTasks: 1 })]), service([ours({ failedTasks: 1 })])]],
    ['another has failed', true, [service([ours({ failedTasks: 1 })]), service([ours({ failedTasks: 2 })])]],
    ['fewer run than before', true, [service([ours({ runningCount: 2 })]), service([ours({ runningCount: 1 })])]],
    ['as many were started as are wanted', false, [service([ours()], started(2))]],
    [
      'more were started than are wanted',
      true,
      [service([ours()], started(2)), service([ours()], started(2), started(1).replace('1.', '2.'))],
    ],
    ['ECS says unable', true, [service([ours()], 'was unable to place a task')]],
    ['ECS says unhealthy', true, [service([ours()], '(task 1) is unhealthy')]],
    ['ECS says failed', true, [service([ours()], 'tasks failed to start')]],
    ['ECS says something else', false, [service([ours()], started(2), 'registered 1 targets')]],
  ])('where %s: %s', (_, expected, looks) => {
    expect(suspicious(...looks)).toBe(expected)
  })
})

describe('what a rollout lacks', () => {
  it.each<[Deployment[], string[]]>([
    [[ours({ runningCount: 2 })], []],
    [[ours({ runningCount: 1 })], ['running 1 of 2']],
    [[ours({ runningCount: 2, pendingCount: 1, failedTasks: 2 })], ['1 pending', '2 failed']],
    [[ours({ runningCount: 2 }), ours({ id: 'old', runningCount: 1 })], ['1 old task still running']],
    [
      [ours({ runningCount: 2 }), ours({ id: 'old', runningCount: 1 }), ours({ id: 'older', runningCount: 1 })],
      ['2 old tasks still running'],
    ],
    [[{ id: 'new' }, { id: 'old' }], []],
    [[{ id: 'new', desiredCount: 1 }], ['running 0 of 1']],
    [[ours({ runningCount: 2, failedTasks: 1 })], ['1 failed']],
    [[ours({ id: 'old' })], ['deployment new is no longer listed']],
  ])('%j: %j', (deployments, expected) => {
    expect(unmet({ deployments }, 'new')).toEqual(expected)
  })
})

describe('a PAUSE hook', () => {
  const expiresAt = new Date('2026-01-02T00:00:00Z')
  const updatedAt = new Date('2026-01-01T10:00:00Z')
  const waiting = {
    hookId: 'h',
    targetType: 'PAUSE',
    status: 'AWAITING_ACTION',
    expiresAt,
    timeoutAction: 'ROLLBACK',
  } as const
  const declared = (minutes?: number, stage = 'POST_SCALE_UP', targetType = 'PAUSE') => ({
    targetType,
    lifecycleStages: [stage],
    ...(minutes !== undefined && { timeoutConfiguration: { timeoutInMinutes: minutes } }),
  })
  const paused = (hooks: object[], more: object = {}) =>
    pauseHooks({
      status: 'IN_PROGRESS',
      lifecycleStage: 'POST_SCALE_UP',
      lifecycleHookDetails: [waiting],
      updatedAt,
      deploymentConfiguration: { lifecycleHooks: hooks },
      ...more,
    })

  it.each<[string, object[], string]>([
    ['its own time before its end', [declared(60)], '2026-01-01T23:00:00.000Z'],
    ['a day before its end', [declared()], '2026-01-01T00:00:00.000Z'],
    ['the last change where several are declared for the stage', [declared(60), declared(30)], updatedAt.toISOString()],
    ['the last change where none is', [], updatedAt.toISOString()],
    [
      'its own time, whatever other stages have',
      [declared(60), declared(30, 'PRE_SCALE_UP')],
      '2026-01-01T23:00:00.000Z',
    ],
    [
      'its own time, whatever other hooks do',
      [declared(60), declared(30, 'POST_SCALE_UP', 'AWS_LAMBDA')],
      '2026-01-01T23:00:00.000Z',
    ],
  ])('waits since %s', (_, hooks, since) => {
    expect(paused(hooks)).toEqual([
      {
        hookId: 'h',
        lifecycleStage: 'POST_SCALE_UP',
        since,
        until: '2026-01-02T00:00:00.000Z',
        timeoutAction: 'ROLLBACK',
      },
    ])
  })

  it.each([
    ['the deployment has ended', { status: 'SUCCESSFUL' }],
    ['it was answered', { lifecycleHookDetails: [{ ...waiting, status: 'SUCCEEDED' }] }],
    ['it is one of Lambda', { lifecycleHookDetails: [{ ...waiting, targetType: 'AWS_LAMBDA' }] }],
    ['there is none', { lifecycleHookDetails: undefined }],
  ])('does not wait where %s', (_, more) => {
    expect(paused([declared(60)], more)).toEqual([])
  })

  it('is answered with the command of the program, or with the AWS CLI’s', () => {
    const of = { serviceDeploymentArn: 'arn', hookId: 'h' }
    const commands = (program: string | undefined) =>
      (['continue', 'reject'] as const).map((answer) => answerCommand(answer, { ...of, program }))
    const call = 'aws ecs continue-service-deployment --service-deployment-arn arn --hook-id h'
    expect(commands('tsx web.ts')).toEqual(['tsx web.ts continue', 'tsx web.ts continue --reject'])
    expect(commands(undefined)).toEqual([call, `${call} --action ROLLBACK`])
  })
})

describe('a deployment that has just begun, of which ECS shows no desired count yet', () => {
  const begun = { ...service([ours({ status: 'PRIMARY', desiredCount: 0 })]), desiredCount: 2 }

  it('is told with the count of the service', () => {
    const { tell, events } = told()
    tell(begun)
    expect(events).toMatchObject([{ type: 'service.progressed', desired: 2, running: 0 }])
  })

  it('lacks its tasks', () => {
    expect(unmet(begun, 'new')).toEqual(['running 0 of 2'])
  })

  it('is not nearly done, and so is not looked at more often', () => {
    const pace = pacing('new', 0)
    pace(0, begun)
    expect(pace(600_000, begun)).toBe(15_000)
  })
})
