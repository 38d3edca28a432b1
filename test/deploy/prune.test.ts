import { describe, expect, it } from 'vitest'
import { clusterArn, roleArn, web } from './declared.ts'
import { ofType, stage } from './support.ts'

const registered = { family: 'web', containerDefinitions: [{ name: 'web', image: 'my_image:v1', memory: 512 }] }
const noTasks = { runTasks: [], eventTargets: [] }

describe('pruning', () => {
  it('keeps as many ACTIVE revisions as activeTaskCount says, the newest by number', async () => {
    const { deploy, active } = stage(web({ ...noTasks, activeTaskCount: 3 }))
    for (const tag of ['v2', 'v3', 'v4', 'v5']) expect((await deploy(tag)).exitCode).toBe(0)
    expect(active('web')).toEqual(['web:3', 'web:4', 'web:5'])
  })

  it('counts ten where nothing is declared', async () => {
    const { deploy, active, call } = stage(web(noTasks))
    for (let revision = 2; revision <= 12; revision++) call('ecs', 'RegisterTaskDefinition', registered)
    await deploy('v13')
    expect(active('web')).toEqual(Array.from({ length: 10 }, (_, index) => `web:${index + 4}`))
  })

  it.each([
    [1, 1, ['web:4', 'web:5']],
    [2, 4, ['web:2', 'web:3', 'web:4', 'web:5']],
    [4, 2, ['web:2', 'web:3', 'web:4', 'web:5']],
  ])(
    'keeps of a family of two classes what either wants, and all that it registers: %d and %d',
    async (one, other, kept) => {
      const worker = {
        taskDefinition: web().taskDefinition,
        updateServices: [{ cluster: 'my_cluster', service: 'worker' }],
      }
      const { deploy, active, call } = stage([
        web({ ...noTasks, activeTaskCount: one }),
        { ...worker, activeTaskCount: other },
      ])
      for (let revision = 2; revision <= 3; revision++) call('ecs', 'RegisterTaskDefinition', registered)
      expect((await deploy('v2')).exitCode).toBe(0)
      expect(active('web')).toEqual(kept)
    },
  )

  it('reads every page of revisions, and sorts them by number itself', async () => {
    const { deploy, active, call } = stage(web({ ...noTasks, activeTaskCount: 2 }))
    for (let revision = 2; revision <= 130; revision++) call('ecs', 'RegisterTaskDefinition', registered)
    const { requests } = await deploy('v131')
    expect(requests.filter(({ operation }) => operation === 'ListTaskDefinitions').length).toBeGreaterThan(1)
    expect(active('web')).toEqual(['web:130', 'web:131'])
  })

  it('never touches a family whose name only begins the same', async () => {
    const { deploy, active, call } = stage(web({ ...noTasks, activeTaskCount: 1 }), {
      meddle: (sent) => {
        if (sent.operation !== 'ListTaskDefinitions') return undefined
        // An AWS that takes familyPrefix for a prefix.
        const taskDefinitionArns = ['web-admin:7', 'web:1'].map(
          (name) => `arn:aws:ecs:us-east-1:123456789012:task-definition/${name}`,
        )
        return { status: 200, body: { taskDefinitionArns } }
      },
    })
    call('ecs', 'RegisterTaskDefinition', { ...registered, family: 'web-admin' })
    await deploy('v2')
    expect(active('web-admin')).toEqual(['web-admin:1'])
    expect(active('web')).toEqual(['web:2'])
  })

  it('spares a revision that another service points at', async () => {
    const { deploy, active, call } = stage(web({ ...noTasks, activeTaskCount: 1 }))
    call('ecs', 'CreateService', {
      cluster: 'my_cluster',
      serviceName: 'other',
      taskDefinition: 'web:1',
      desiredCount: 0,
    })
    await deploy('v2')
    expect(active('web')).toEqual(['web:1', 'web:2'])
    await deploy('v3')
    expect(active('web')).toEqual(['web:1', 'web:3'])
  })

  it('spares a revision that a task still runs', async () => {
    const { deploy, active, call } = stage(web({ ...noTasks, activeTaskCount: 1 }))
    const slow = { ...registered, containerDefinitions: [{ name: 'web', image: 'x:slow-600m', memory: 4 }] }
    call('ecs', 'RegisterTaskDefinition', slow)
    call('ecs', 'RunTask', { cluster: 'my_cluster', taskDefinition: 'web:2' })
    await deploy('v3')
    expect(active('web')).toEqual(['web:2', 'web:3'])
  })

  it('spares a revision that an undeclared event target points at', async () => {
    const { deploy, active, call } = stage(web({ ...noTasks, activeTaskCount: 1 }))
    call('events', 'PutRule', { Name: 'theirs', ScheduleExpression: 'rate(1 day)' })
    const EcsParameters = { TaskDefinitionArn: 'arn:aws:ecs:us-east-1:123456789012:task-definition/web:1' }
    call('events', 'PutTargets', {
      Rule: 'theirs',
      Targets: [{ Id: 'x', Arn: clusterArn, RoleArn: roleArn, EcsParameters }],
    })
    await deploy('v2')
    expect(active('web')).toEqual(['web:1', 'web:2'])
  })

  it('with --no-wait, spares the revision that old tasks still run: it is skipped, and nobody is warned', async () => {
    const { deploy, active } = stage(web({ ...noTasks, activeTaskCount: 1 }))
    const { events, summary } = await deploy('v2', { wait: false })
    expect(active('web')).toEqual(['web:1', 'web:2'])
    expect(ofType(events, 'step.skipped')).toMatchObject([
      {
        title: 'Deregister web:1 if unused',
        reason: expect.stringMatching(/^web:1 is still used by service my_cluster\/web/),
      },
    ])
    expect([ofType(events, 'warning.raised'), summary]).toEqual([
      [],
      'Started deploying v2 of Task; not waiting for it (--no-wait).',
    ])
  })

  it('reads what uses revisions once, after the services have moved; a dry run reads it for its plan', async () => {
    const { deploy } = stage(web({ ...noTasks, activeTaskCount: 1 }))
    const dry = await deploy('v2', { dryRun: true })
    expect(dry.requests.filter(({ operation }) => operation === 'ListEventBuses')).toHaveLength(1)
    expect(dry.plan!.stages.at(-1)!.steps.map(({ title }) => title)).toEqual(['Deregister web:1'])
    const { requests } = await deploy('v2')
    const operations = requests.map(({ operation }) => operation)
    expect(operations.filter((operation) => operation === 'ListEventBuses')).toHaveLength(1)
    expect(operations.indexOf('ListEventBuses')).toBeGreaterThan(operations.indexOf('UpdateService'))
  })

  it('reads it again for each 250 of them, so that none goes by what was read long before', async () => {
    const { deploy, active, call } = stage(web({ ...noTasks, activeTaskCount: 1 }))
    for (let revision = 2; revision <= 260; revision++) call('ecs', 'RegisterTaskDefinition', registered)
    const { requests, events } = await deploy('v2', {
      hear: (event) => {
        // Whoever comes while the first 250 go is seen by the next reading.
        if (event.type === 'step.finished' && event.id === 'deregisterTaskDefinition web:200')
          call('ecs', 'CreateService', {
            cluster: 'my_cluster',
            serviceName: 'late',
            taskDefinition: 'web:5',
            desiredCount: 0,
          })
      },
    })
    expect(active('web')).toEqual(['web:5', 'web:261'])
    expect(requests.filter(({ operation }) => operation === 'ListEventBuses')).toHaveLength(2)
    expect(ofType(events, 'step.skipped')).toMatchObject([{ reason: 'web:5 is still used by service my_cluster/late' }])
  })

  it('checks again right before it deregisters: a revision that came into use meanwhile is spared', async () => {
    const { deploy, active, call } = stage(web({ ...noTasks, activeTaskCount: 1 }))
    const { exitCode, events } = await deploy('v2', {
      hear: (event) => {
        if (event.type === 'step.finished' && event.id === 'updateService my_cluster/web') {
          call('ecs', 'CreateService', {
            cluster: 'my_cluster',
            serviceName: 'late',
            taskDefinition: 'web:1',
            desiredCount: 0,
          })
        }
      },
    })
    expect(exitCode).toBe(0)
    expect(active('web')).toEqual(['web:1', 'web:2'])
    expect(ofType(events, 'step.skipped')).toMatchObject([{ reason: 'web:1 is still used by service my_cluster/late' }])
  })

  it('that AWS refuses is a warning: the deploy is done', async () => {
    const { deploy, runs } = stage(web({ ...noTasks, activeTaskCount: 1 }), {
      meddle: ({ operation }) =>
        operation === 'DeregisterTaskDefinition'
          ? { status: 400, body: { __type: 'AccessDeniedException', message: 'not you' } }
          : undefined,
    })
    const { exitCode, events } = await deploy('v2')
    expect(exitCode).toBe(0)
    expect(runs('my_cluster/web')).toBe('web:2')
    expect(ofType(events, 'warning.raised').map((event) => event.text)).toContainEqual(
      expect.stringContaining('Deregister web:1'),
    )
  })
})
