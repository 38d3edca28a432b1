import { describe, expect, it } from 'vitest'
import { web } from './declared.ts'
import { stage } from './support.ts'

const plainWeb = (more = {}) => web({ runTasks: [], eventTargets: [], ...more })
const service = { cluster: 'my_cluster', service: 'web' }

describe('a service that is told the revision that it runs', () => {
  it('is done when all its tasks run, not when some do', async () => {
    const { rollback, deploy, call, tasks, aws, service: seen } = stage(plainWeb())
    await deploy('v2')
    const [task] = tasks().filter(({ desiredStatus }) => desiredStatus === 'RUNNING')
    call('ecs', 'StopTask', { cluster: 'my_cluster', task: task!.taskArn })
    aws.advance()
    expect(seen('my_cluster/web')).toMatchObject({ runningCount: 1, deployments: [{ rolloutState: 'COMPLETED' }] })
    const { exitCode, writes } = await rollback({ to: 'v2' })
    expect(writes.map(({ operation }) => operation)).toContain('UpdateService')
    expect(exitCode).toBe(0)
    expect(seen('my_cluster/web')).toMatchObject({ runningCount: 2, deployments: [{ rolloutState: 'COMPLETED' }] })
  })

  it('and goes through stages, is done when all of the other count run: nothing is deployed', async () => {
    const staged = stage(plainWeb({ updateServices: [{ ...service, desiredCount: 2 }] }))
    const deploymentConfiguration = { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 0 }
    staged.call('ecs', 'UpdateService', { ...service, deploymentConfiguration })
    await staged.deploy('v2')
    staged.call('ecs', 'UpdateService', { ...service, desiredCount: 0 })
    await staged.clock.sleep(600_000)
    staged.aws.advance()
    expect(staged.service('my_cluster/web')).toMatchObject({ runningCount: 0, deployments: [{ runningCount: 0 }] })
    const { exitCode } = await staged.rollback({ to: 'v2' })
    expect([exitCode, staged.service('my_cluster/web').runningCount]).toEqual([0, 2])
  })

  it('wait waits for its missing tasks too', async () => {
    const { wait, call, tasks, aws, service: seen } = stage(plainWeb())
    call('ecs', 'StopTask', { cluster: 'my_cluster', task: tasks()[0]!.taskArn })
    aws.advance()
    expect(seen('my_cluster/web')).toMatchObject({ runningCount: 1, deployments: [{ rolloutState: 'COMPLETED' }] })
    expect((await wait()).exitCode).toBe(0)
    expect(seen('my_cluster/web')).toMatchObject({ runningCount: 2 })
  })
})

describe('a wait whose first looks lag behind', () => {
  it('follows the deployment that was there when it began, and does not say that it has taken over', async () => {
    let stale: object | undefined
    let lags = 0
    const staged = stage(plainWeb(), {
      meddle: ({ operation }) =>
        operation === 'DescribeServices' && stale && lags-- > 0 ? { status: 200, body: stale } : undefined,
    })
    await staged.deploy('slow-2m', { wait: false })
    stale = staged.call('ecs', 'DescribeServices', { cluster: 'my_cluster', services: ['web'] })
    await staged.deploy('slow-1m', { wait: false })
    await staged.clock.sleep(1_000)
    lags = 2
    const { exitCode, requests } = await staged.wait()
    expect([exitCode, lags < 0, staged.runs('my_cluster/web')]).toEqual([0, true, 'web:3'])
    expect(staged.service('my_cluster/web').deployments).toMatchObject([{ rolloutState: 'COMPLETED' }])
    expect(requests.every(({ operation }) => /^(Describe|List)/.test(operation))).toBe(true)
  })
})

describe('tasks that are stopped from outside', () => {
  /** Stops each of the first tasks of the new revision once it runs. */
  const stopping = (stopCode: string, times: number) => {
    const staged = stage(plainWeb())
    const stopped = new Set<string>()
    const hear = ({ type }: { type: string }): void => {
      if (!type.startsWith('service.')) return
      for (const task of staged.tasks()) {
        const isNew = task.taskDefinitionArn.endsWith('web:2') && task.lastStatus === 'RUNNING'
        if (!isNew || stopped.size >= times || stopped.has(task.taskArn)) continue
        stopped.add(task.taskArn)
        staged.call('ecs', 'StopTask', { cluster: 'my_cluster', task: task.taskArn })
        Object.assign(task, { stopCode, stoppedReason: 'It was stopped.' })
      }
    }
    return { ...staged, stopped, hear }
  }

  it.each(['SpotInterruption', 'TerminationNotice', 'UserInitiated', 'InfrastructureHealth'])(
    '%s: do not count towards --early-fail',
    async (stopCode) => {
      const { deploy, hear, stopped, runs } = stopping(stopCode, 4)
      const result = await deploy('v2', { hear, earlyFail: 3 })
      expect([stopped.size, result.exitCode, runs('my_cluster/web')]).toEqual([4, 0, 'web:2'])
    },
  )

  it('EssentialContainerExited: do', async () => {
    const { deploy, hear, runs } = stopping('EssentialContainerExited', 4)
    const result = await deploy('v2', { hear, earlyFail: 3 })
    expect(result).toMatchObject({ exitCode: 1, problem: { code: 'DeploymentFailed' } })
    expect(runs('my_cluster/web')).toBe('web:1')
  })
})

describe('no room for a task', () => {
  it('is given up after ECS has looked for it twice', async () => {
    const { deploy, clock, runs } = stage(plainWeb())
    const began = clock.now()
    const result = await deploy('no-place', { onFailure: 'leave', timeout: 3_600_000 })
    expect(result.problem).toMatchObject({ code: 'DeploymentFailed', what: 'The rollout of web is stuck.' })
    expect(clock.now() - began).toBeGreaterThan(11 * 60_000)
    expect(clock.now() - began).toBeLessThan(13 * 60_000)
    expect(runs('my_cluster/web')).toBe('web:2')
  })

  it('is never given up with --no-early-fail', async () => {
    const { deploy } = stage(plainWeb())
    const result = await deploy('no-place', { earlyFail: undefined, timeout: 3_600_000 })
    expect(result).toMatchObject({ exitCode: 1, problem: { code: 'TimedOut' } })
  })

  it('that comes after eight minutes is used', async () => {
    const portMappings = [{ containerPort: 80, hostPort: 80 }]
    const container = { name: 'web', image: 'my_image:<image_tag>', memory: 64, portMappings }
    const taskDefinition = { family: 'web', containerDefinitions: [container] }
    const made = {
      clusters: ['my_cluster'],
      services: [
        {
          ...service,
          taskDefinition: { ...taskDefinition, containerDefinitions: [{ ...container, image: 'my_image:v1' }] },
        },
      ],
      containerInstances: ['i-1', 'i-2'].map((ec2InstanceId) => ({ cluster: 'my_cluster', ec2InstanceId })),
    }
    const { deploy, aws, clock, service: seen } = stage(plainWeb({ taskDefinition }), { made })
    const more = ['i-3', 'i-4'].map((ec2InstanceId) => ({ cluster: 'my_cluster', ec2InstanceId }))
    const grown = clock.sleep(8 * 60_000).then(() => aws.provision({ containerInstances: more }))
    const result = await deploy('v2')
    await grown
    expect(result.exitCode).toBe(0)
    expect(seen('my_cluster/web')).toMatchObject({ runningCount: 2, deployments: [{ rolloutState: 'COMPLETED' }] })
  })
})

describe('the way back', () => {
  it('has a limit of its own, however short --timeout is', async () => {
    const { deploy, runs, service: seen } = stage(plainWeb())
    const result = await deploy('v2', { timeout: 15_000 })
    expect(result).toMatchObject({ exitCode: 1, outcome: 'restored', left: [], problem: { code: 'TimedOut' } })
    expect(runs('my_cluster/web')).toBe('web:1')
    expect(seen('my_cluster/web')).toMatchObject({ runningCount: 2, deployments: [{ rolloutState: 'COMPLETED' }] })
  })
})
