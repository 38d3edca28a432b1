import { describe, expect, it } from 'vitest'
import { web } from './declared.ts'
import { type Meddle, ofType, stage } from './support.ts'

const plainWeb = (more = {}) => web({ runTasks: [], eventTargets: [], ...more })
const service = { cluster: 'my_cluster', service: 'web' }

/** The service with another deployment configuration. */
function rolledOut(deploymentConfiguration: object, meddle: Meddle = () => undefined) {
  const staged = stage(plainWeb(), { meddle })
  staged.call('ecs', 'UpdateService', { ...service, deploymentConfiguration })
  return staged
}

const strategies = {
  BLUE_GREEN: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 10 },
  LINEAR: {
    strategy: 'LINEAR',
    bakeTimeInMinutes: 5,
    linearConfiguration: { stepPercent: 50, stepBakeTimeInMinutes: 3 },
  },
  CANARY: {
    strategy: 'CANARY',
    bakeTimeInMinutes: 5,
    canaryConfiguration: { canaryPercent: 10, canaryBakeTimeInMinutes: 5 },
  },
}
const pause = {
  targetType: 'PAUSE',
  lifecycleStages: ['POST_SCALE_UP'],
  timeoutConfiguration: { timeoutInMinutes: 600, action: 'ROLLBACK' },
}

describe.each(Object.entries(strategies))('a %s deployment', (_name, configuration) => {
  it('is followed through its stages to the end, longer than the time-out where it bakes', async () => {
    const { deploy, runs, service: shown } = rolledOut(configuration)
    const result = await deploy('v2', { timeout: 300_000 })
    expect(result).toMatchObject({ exitCode: 0 })
    expect(runs('my_cluster/web')).toBe('web:2')
    const stages = ofType(result.events, 'service.progressed').flatMap((event) => event.lifecycleStage ?? [])
    expect(stages).toContain('BAKE_TIME')
    expect(shown('my_cluster/web')).toMatchObject({ runningCount: 2 })
  })

  it('is followed with --until only to that stage', async () => {
    const { deploy, runs } = rolledOut(configuration)
    const result = await deploy('v2', { until: 'BAKE_TIME' })
    expect(result.exitCode).toBe(0)
    expect(ofType(result.events, 'service.progressed').at(-1)!.lifecycleStage).toBe('BAKE_TIME')
    expect(runs('my_cluster/web')).toBe('web:2')
  })

  it('that fails is rolled back, and ends 1', async () => {
    const { deploy, runs, active, service: shown } = rolledOut(configuration)
    const result = await deploy('crash')
    expect(result).toMatchObject({ exitCode: 1, left: [] })
    expect(runs('my_cluster/web')).toBe('web:1')
    expect(active('web')).toEqual(['web:1'])
    expect(shown('my_cluster/web').runningCount).toBe(2)
  })

  it.each([
    ['rollback', 1, ['RegisterTaskDefinition', 'UpdateService', 'UpdateService', 'DeregisterTaskDefinition']],
    ['stop', 3, ['RegisterTaskDefinition', 'UpdateService']],
  ] as const)(
    'whose record AWS does not show is not told to go back: --on-failure %s',
    async (onFailure, exit, told) => {
      const deploymentCircuitBreaker = { enable: false, rollback: false }
      const { deploy } = rolledOut({ ...configuration, deploymentCircuitBreaker }, ({ operation }) =>
        operation === 'DescribeServiceDeployments' ? { status: 200, body: { serviceDeployments: [] } } : undefined,
      )
      const { exitCode, writes, events } = await deploy('crash', { onFailure })
      expect([exitCode, writes.map(({ operation }) => operation)]).toEqual([exit, told])
      expect(ofType(events, 'warning.raised')).toEqual([])
    },
  )

  it('that is superseded ends 5', async () => {
    const { deploy, call, runs } = rolledOut(configuration)
    let done = false
    const result = await deploy('v2', {
      hear: (event) => {
        if (done || event.type !== 'service.progressed' || event.running < 2) return
        done = true
        call('ecs', 'UpdateService', { ...service, taskDefinition: 'web:1', forceNewDeployment: true })
      },
    })
    expect(result.exitCode).toBe(5)
    expect(runs('my_cluster/web')).toBe('web:1')
  })
})

describe('a PAUSE hook', () => {
  const paused = () => rolledOut({ ...strategies.BLUE_GREEN, lifecycleHooks: [pause] })

  it('is reported once, with the command that continues it; continue does, and follows it to the end', async () => {
    const staged = paused()
    const result = await staged.deploy('v2', { timeout: 120_000, onFailure: 'leave', program: 'tsx web.ts' })
    expect(result).toMatchObject({ exitCode: 4, outcome: 'stillGoing' })
    expect(ofType(result.events, 'deployment.paused')).toMatchObject([
      { service: 'web', lifecycleStage: 'POST_SCALE_UP', command: 'tsx web.ts continue' },
    ])
    const went = await staged.proceed()
    expect(went).toMatchObject({ exitCode: 0 })
    expect(went.writes.map(({ operation }) => operation)).toEqual(['ContinueServiceDeployment'])
    expect(staged.runs('my_cluster/web')).toBe('web:2')
  })

  it('that is not reached is refused by continue: it ends 2 and writes nothing', async () => {
    expect(await paused().proceed()).toMatchObject({ exitCode: 2, writes: [], problem: { code: 'NotFound' } })
  })

  it('that times out has ECS go back, which is followed to its end', async () => {
    const timeoutConfiguration = { timeoutInMinutes: 1, action: 'ROLLBACK' }
    const lifecycleHooks = [{ ...pause, lifecycleStages: ['POST_PRODUCTION_TRAFFIC_SHIFT'], timeoutConfiguration }]
    const { deploy, call, runs, service: shown } = rolledOut({ ...strategies.BLUE_GREEN, lifecycleHooks })
    expect(await deploy('v2')).toMatchObject({ exitCode: 1, left: [] })
    const [newest] = call('ecs', 'ListServiceDeployments', service).serviceDeployments
    expect([runs('my_cluster/web'), newest.status]).toEqual(['web:1', 'ROLLBACK_SUCCESSFUL'])
    expect(shown('my_cluster/web').deployments).toHaveLength(1)
  })

  it('that is never continued is rolled back after the time-out', async () => {
    const { deploy, runs } = paused()
    const result = await deploy('v2', { timeout: 120_000 })
    expect(result).toMatchObject({ exitCode: 1, problem: { code: 'TimedOut' } })
    expect(result.writes.map(({ operation }) => operation)).toContain('StopServiceDeployment')
    expect(runs('my_cluster/web')).toBe('web:1')
  })
})

describe('a service with another deployment controller', () => {
  it.each(['CODE_DEPLOY', 'EXTERNAL'])('%s is refused before the first write', async (type) => {
    const { deploy, world } = stage(plainWeb(), {
      meddle: ({ operation }) => {
        if (operation !== 'DescribeServices') return undefined
        return {
          status: 200,
          body: { services: [{ serviceName: 'web', status: 'ACTIVE', deploymentController: { type } }], failures: [] },
        }
      },
    })
    const before = world()
    const result = await deploy('v2')
    expect(result).toMatchObject({ exitCode: 2, writes: [] })
    expect(result.problem!.problems).toEqual([
      `Task/updateServices/0/service: service web is deployed by ${type}; only the ECS deployment controller is supported.`,
    ])
    expect(world()).toEqual(before)
  })
})
