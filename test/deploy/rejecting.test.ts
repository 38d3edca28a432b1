import { describe, expect, it } from 'vitest'
import { EcsTaskError } from '../../src/ground/errors.ts'
import { web } from './declared.ts'
import { ofType, stage } from './support.ts'

const plainWeb = (more = {}) => web({ runTasks: [], eventTargets: [], ...more })
const service = { cluster: 'my_cluster', service: 'web' }
const blueGreen = { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 10 }
const pause = {
  targetType: 'PAUSE',
  lifecycleStages: ['POST_SCALE_UP'],
  timeoutConfiguration: { timeoutInMinutes: 600, action: 'ROLLBACK' },
}

function rolledOut(deploymentConfiguration: object, declared = plainWeb(), options: Parameters<typeof stage>[1] = {}) {
  const staged = stage(declared, options)
  staged.call('ecs', 'UpdateService', { ...service, deploymentConfiguration })
  return staged
}

/** A deployment of v2 that is paused at a PAUSE hook. */
async function pausedAt(declared = plainWeb()) {
  const staged = rolledOut({ ...blueGreen, lifecycleHooks: [pause] }, declared)
  return { ...staged, deployed: await staged.deploy('v2', { until: 'paused' }) }
}

const operationsOf = (writes: readonly { operation: string }[]): string[] => writes.map(({ operation }) => operation)

/** The statuses of the service's deployments as AWS's history has them, the newest first. */
const historyOf = ({ call }: Pick<ReturnType<typeof stage>, 'call'>): string[] =>
  call('ecs', 'ListServiceDeployments', service).serviceDeployments.map(({ status }: { status: string }) => status)

describe('a deployment with --until paused', () => {
  it('is followed to its PAUSE hook, ends 0 and does not say that it is deployed', async () => {
    const staged = await pausedAt()
    expect(staged.deployed).toMatchObject({
      exitCode: 0,
      summary: 'Started deploying v2 of Task; followed it with --until paused.',
    })
    expect(ofType(staged.deployed.events, 'deployment.paused')).toHaveLength(1)
    expect(historyOf(staged)[0]).toBe('IN_PROGRESS')
  })

  it('that never pauses is followed until it has completed', async () => {
    const { deploy, service: shown } = rolledOut({ ...blueGreen, bakeTimeInMinutes: 0 })
    expect(await deploy('v2', { until: 'paused' })).toMatchObject({ exitCode: 0 })
    expect(shown('my_cluster/web').deployments).toHaveLength(1)
  })
})

describe('a rollback while a deployment is paused', () => {
  it('rejects it at its hook, starts no other, and follows it back', async () => {
    const staged = await pausedAt()
    const before = historyOf(staged).length
    const result = await staged.rollback()
    expect(result).toMatchObject({ exitCode: 0, left: [], summary: 'Rolled Task back to web:1.' })
    expect(operationsOf(result.writes)).toEqual(['ContinueServiceDeployment', 'DeregisterTaskDefinition'])
    expect(result.writes[0]!.input).toMatchObject({ action: 'ROLLBACK' })
    expect([staged.runs('my_cluster/web'), staged.active('web')]).toEqual(['web:1', ['web:1']])
    expect(historyOf(staged)[0]).toBe('ROLLBACK_SUCCESSFUL')
    expect(historyOf(staged)).toHaveLength(before)
    expect(staged.service('my_cluster/web')).toMatchObject({ runningCount: 2, deployments: [{ status: 'PRIMARY' }] })
  })

  it('puts the event targets back as well', async () => {
    const { rollback, targets } = await pausedAt(web({ runTasks: [] }))
    expect(targets('nightly')[0]!.EcsParameters.TaskDefinitionArn).toMatch(/web:2$/)
    expect(await rollback()).toMatchObject({ exitCode: 0 })
    expect(targets('nightly')[0]!.EcsParameters.TaskDefinitionArn).toMatch(/web:1$/)
  })

  it('that somebody interrupts does not deploy the rejected revision again, and says that ECS goes on', async () => {
    const staged = await pausedAt()
    const interrupt = new AbortController()
    const result = await staged.rollback({
      signal: interrupt.signal,
      program: 'tsx web.ts',
      hear: ({ type }) => {
        if (type === 'service.progressed') interrupt.abort(new EcsTaskError('Interrupted', 'Interrupted by SIGINT.'))
      },
    })
    expect(result).toMatchObject({
      exitCode: 130,
      left: ['ECS is still rolling web back. Follow it with: tsx web.ts wait'],
    })
    expect(operationsOf(result.writes)).toEqual(['ContinueServiceDeployment'])
    await staged.clock.sleep(600_000)
    staged.aws.advance()
    expect([staged.runs('my_cluster/web'), historyOf(staged)[0]]).toEqual(['web:1', 'ROLLBACK_SUCCESSFUL'])
  })

  it('to another revision than ECS would go back to is an update', async () => {
    const staged = rolledOut(blueGreen)
    await staged.deploy('v2')
    const result = await staged.deploy('v3', { until: 'BAKE_TIME' })
    expect(result.exitCode).toBe(0)
    const back = await staged.rollback({ to: '1' })
    expect(back.exitCode).toBe(0)
    expect(operationsOf(back.writes)[0]).toBe('UpdateService')
    expect(staged.runs('my_cluster/web')).toBe('web:1')
  })
})

describe('a rollback while a deployment is in progress', () => {
  it.each([
    ['rolling', { maximumPercent: 200 }, 'crash'],
    ['blue/green', blueGreen, 'slow-10m'],
  ])('stops a %s one, and follows it back', async (_kind, configuration, tag) => {
    const staged = rolledOut(configuration)
    await staged.deploy(tag, { wait: false })
    const result = await staged.rollback()
    expect(result).toMatchObject({ exitCode: 0, left: [], summary: 'Rolled Task back to web:1.' })
    expect(operationsOf(result.writes)).toEqual(['StopServiceDeployment', 'DeregisterTaskDefinition'])
    expect([staged.runs('my_cluster/web'), staged.active('web')]).toEqual(['web:1', ['web:1']])
    expect(historyOf(staged)[0]).toBe('ROLLBACK_SUCCESSFUL')
  })

  it('goes to the last revision that was successful, though the deployment is of an older one', async () => {
    const staged = rolledOut(blueGreen)
    await staged.deploy('v2')
    await staged.rollback({ to: '1', until: 'BAKE_TIME', onFailure: 'leave' })
    staged.call('ecs', 'RegisterTaskDefinition', {
      family: 'web',
      containerDefinitions: [{ name: 'web', image: 'my_image:v2', memory: 512 }],
    })
    const result = await staged.rollback()
    expect(operationsOf(result.writes)).toContain('StopServiceDeployment')
    expect(staged.runs('my_cluster/web')).toBe('web:2')
  })

  it.each(['rollback', 'leave', 'stop'] as const)(
    'that fails half way with --no-wait, --on-failure %s, names what ECS is taking back',
    async (onFailure) => {
      const api = { cluster: 'my_cluster', service: 'api' }
      const staged = rolledOut({}, plainWeb({ updateServices: [service, api] }), {
        meddle({ operation, input }) {
          const isApi = operation === 'StopServiceDeployment' && input['serviceDeploymentArn'].includes('/api/')
          const message = 'The deployment has ended.'
          return isApi ? { status: 400, body: { __type: 'ConflictException', message } } : undefined
        },
      })
      await staged.deploy('slow-10m', { wait: false })
      const result = await staged.rollback({ wait: false, onFailure })
      expect(result).toMatchObject({
        exitCode: 3,
        left: expect.arrayContaining([expect.stringMatching(/^ECS is still rolling web back\. Follow it with: /)]),
      })
    },
  )

  it('does not wait with --no-wait, and says so', async () => {
    const staged = rolledOut(blueGreen)
    await staged.deploy('slow-10m', { wait: false })
    const result = await staged.rollback({ wait: false })
    expect(result).toMatchObject({
      exitCode: 0,
      summary: 'Started rolling Task back to web:1; not waiting for it (--no-wait).',
    })
    expect(staged.active('web')).toEqual(['web:1', 'web:2'])
  })

  it('that completes before it is stopped updates the service to where ECS would have gone back', async () => {
    const staged = rolledOut({ maximumPercent: 200 }, plainWeb(), {
      meddle({ operation }) {
        if (operation === 'StopServiceDeployment') staged.clock.jump(1_800_000)
        return undefined
      },
    })
    await staged.deploy('slow-10m', { wait: false })
    const result = await staged.rollback()
    expect(result).toMatchObject({ exitCode: 0, left: [], summary: 'Rolled Task back to web:1.' })
    expect(operationsOf(result.writes)).toEqual(['StopServiceDeployment', 'UpdateService', 'DeregisterTaskDefinition'])
    expect(ofType(result.events, 'service.progressed').at(-1)).toMatchObject({ rolloutState: 'COMPLETED', running: 2 })
    expect([staged.runs('my_cluster/web'), historyOf(staged)[0]]).toEqual(['web:1', 'SUCCESSFUL'])
    expect(staged.service('my_cluster/web')).toMatchObject({ runningCount: 2, deployments: [{ status: 'PRIMARY' }] })
  })

  it('that cannot be stopped though it still goes on changes nothing, ends 2 and says what to do', async () => {
    const conflict = { __type: 'ConflictException', message: 'The service deployment cannot be stopped.' }
    const staged = rolledOut(blueGreen, plainWeb(), {
      meddle: ({ operation }) => (operation === 'StopServiceDeployment' ? { status: 400, body: conflict } : undefined),
    })
    await staged.deploy('slow-10m', { wait: false })
    const result = await staged.rollback()
    expect(result).toMatchObject({
      exitCode: 2,
      problem: {
        what: 'The deployment of web had ended before it was stopped.',
        fix: 'Run the command again: it sees what the service runs by now.',
      },
    })
    expect(staged.runs('my_cluster/web')).toBe('web:2')
  })

  it('stops the newest where AWS lists several', async () => {
    const staged = rolledOut(blueGreen, plainWeb(), {
      meddle: ({ operation, input }) => {
        if (operation !== 'ListServiceDeployments' || !input.status?.includes('IN_PROGRESS')) return undefined
        const { serviceDeployments } = staged.call('ecs', operation, input)
        const earlier = { ...serviceDeployments[0], serviceDeploymentArn: 'arn:earlier', createdAt: 0 }
        const later = serviceDeployments.map((one: object) => ({ ...one, createdAt: 1 }))
        return { status: 200, body: { serviceDeployments: [earlier, ...later] } }
      },
    })
    await staged.deploy('v2', { until: 'BAKE_TIME' })
    expect(await staged.rollback()).toMatchObject({ exitCode: 0, left: [] })
    expect(staged.runs('my_cluster/web')).toBe('web:1')
  })

  it('that another deployment takes over while it goes back ends 5, and leaves that alone', async () => {
    const staged = rolledOut(blueGreen)
    await staged.deploy('v2', { until: 'BAKE_TIME' })
    let isOver = false
    const result = await staged.rollback({
      hear: ({ type }) => {
        if (type !== 'service.progressed' || isOver) return
        isOver = true
        staged.call('ecs', 'UpdateService', { ...service, taskDefinition: 'web:2', forceNewDeployment: true })
      },
    })
    expect(result).toMatchObject({ exitCode: 5, problem: { code: 'DeploymentSuperseded' }, left: [] })
    expect(result.problem?.why).toMatch(/^Deployment ecs-svc\/\d+ runs web:2\.$/)
    expect(staged.active('web')).toEqual(['web:1', 'web:2'])
  })

  it('that is not back in time ends 3 and says that ECS goes on', async () => {
    const staged = rolledOut(blueGreen)
    await staged.deploy('v2', { until: 'BAKE_TIME' })
    const result = await staged.rollback({ timeout: 5_000 })
    expect(result).toMatchObject({ exitCode: 3, problem: { code: 'TimedOut' } })
    expect(result.left).toEqual([expect.stringContaining('ECS is still rolling web back.')])
    const [stop] = result.writes
    expect(Date.parse(result.events.at(-1)!.at) - stop!.at).toBe(5_000)
  })
})

describe('continue --reject', () => {
  it('rolls back what is paused, follows it, and leaves the revision registered', async () => {
    const staged = await pausedAt()
    const result = await staged.reject()
    expect(result).toMatchObject({ exitCode: 0, summary: 'Rejected the paused deployments of Task.' })
    expect(operationsOf(result.writes)).toEqual(['ContinueServiceDeployment'])
    expect([staged.runs('my_cluster/web'), historyOf(staged)[0]]).toEqual(['web:1', 'ROLLBACK_SUCCESSFUL'])
    expect(staged.active('web')).toEqual(['web:1', 'web:2'])
  })

  it('rejects the deployments of several services side by side', async () => {
    const services = [service, { ...service, service: 'worker' }]
    const staged = stage(plainWeb({ updateServices: services }))
    const deploymentConfiguration = { ...blueGreen, lifecycleHooks: [pause] }
    for (const one of services) staged.call('ecs', 'UpdateService', { ...one, deploymentConfiguration })
    expect(await staged.deploy('v2', { until: 'paused' })).toMatchObject({ exitCode: 0 })
    const { exitCode, events } = await staged.reject()
    expect(exitCode).toBe(0)
    const told = events.map(({ type }) => type).filter((type) => type === 'step.started' || type === 'step.finished')
    expect(told).toEqual(['step.started', 'step.started', 'step.finished', 'step.finished'])
    expect([staged.runs('my_cluster/web'), staged.runs('my_cluster/worker')]).toEqual(['web:1', 'web:1'])
  })

  it('says that event targets stay where they are', async () => {
    const { reject } = await pausedAt(web({ runTasks: [] }))
    expect(ofType((await reject()).events, 'warning.raised').map(({ text }) => text)).toEqual([
      'Only the services go back. To put the event targets back too: rollback.',
    ])
  })

  it('where nothing is paused is refused: 2, nothing written', async () => {
    const staged = rolledOut(blueGreen)
    await staged.deploy('slow-10m', { wait: false })
    expect(await staged.reject()).toMatchObject({ exitCode: 2, writes: [], problem: { code: 'NotFound' } })
  })
})

describe('the way back of a deploy', () => {
  it('goes to the last revision that was successful, never to one that has not completed', async () => {
    const staged = stage(plainWeb())
    await staged.deploy('crash', { wait: false })
    const result = await staged.deploy('no-pull')
    expect(result).toMatchObject({ exitCode: 1, left: [] })
    expect(staged.runs('my_cluster/web')).toBe('web:1')
    expect(staged.service('my_cluster/web')).toMatchObject({
      runningCount: 2,
      deployments: [{ rolloutState: 'COMPLETED' }],
    })
    expect(ofType(result.events, 'warning.raised').map(({ text }) => text)).toContain(
      'Service web has not completed the deployment of web:2: on failure it goes back to web:1, the last one that was successful.',
    )
  })

  it('goes to a copy of the last one that was successful where that is no longer ACTIVE', async () => {
    const staged = rolledOut({ deploymentCircuitBreaker: { enable: false, rollback: false } })
    await staged.deploy('crash', { wait: false })
    staged.call('ecs', 'DeregisterTaskDefinition', { taskDefinition: 'web:1' })
    const result = await staged.deploy('no-pull')
    expect(result).toMatchObject({ exitCode: 1, left: [] })
    const revisionOf = (taskDefinition: string) =>
      staged.call('ecs', 'DescribeTaskDefinition', { taskDefinition }).taskDefinition.containerDefinitions
    expect(staged.runs('my_cluster/web')).toBe('web:4')
    expect(revisionOf('web:4')).toEqual(revisionOf('web:1'))
    expect(staged.service('my_cluster/web')).toMatchObject({
      runningCount: 2,
      deployments: [{ rolloutState: 'COMPLETED' }],
    })
    expect(result.plan?.warnings).toEqual([
      'Service web has not completed the deployment of web:2: on failure it goes back to web:1, the last one that was successful.',
      'Service web last ran successfully web:1, which is no longer ACTIVE: if this fails, a copy of it is registered to go back to.',
    ])
  })

  it('of a blue/green deployment too', async () => {
    const staged = rolledOut(blueGreen)
    await staged.deploy('slow-10m', { wait: false })
    const result = await staged.deploy('crash')
    expect(result.exitCode).toBe(1)
    expect(staged.runs('my_cluster/web')).toBe('web:1')
  })

  it('goes to what runs where it has completed before, without asking for more', async () => {
    const { deploy, runs } = stage(plainWeb())
    await deploy('v2')
    const result = await deploy('crash')
    expect([result.exitCode, runs('my_cluster/web')]).toEqual([1, 'web:2'])
    const first = result.requests.findIndex(({ operation }) => operation === 'UpdateService')
    expect(result.requests.slice(0, first).map(({ operation }) => operation)).not.toContain('ListServiceDeployments')
  })
})

describe('the traffic of a deployment', () => {
  const strategies = {
    LINEAR: { strategy: 'LINEAR', linearConfiguration: { stepPercent: 50, stepBakeTimeInMinutes: 3 } },
    CANARY: { strategy: 'CANARY', canaryConfiguration: { canaryPercent: 10, canaryBakeTimeInMinutes: 5 } },
  }
  it.each([
    ['LINEAR', [0, 50, 100]],
    ['CANARY', [0, 10, 100]],
  ] as const)('is told of a %s one in percent', async (name, percents) => {
    const { deploy } = rolledOut(strategies[name])
    const { events } = await deploy('v2')
    const told = ofType(events, 'service.progressed').flatMap(({ trafficPercent }) => trafficPercent ?? [])
    expect([...new Set(told)]).toEqual(percents)
  })

  it('is not told of a rolling one', async () => {
    const { events } = await stage(plainWeb()).deploy('v2')
    expect(ofType(events, 'service.progressed').filter((event) => 'trafficPercent' in event)).toEqual([])
  })
})
