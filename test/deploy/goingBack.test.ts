import { describe, expect, it } from 'vitest'
import { web } from './declared.ts'
import { stage } from './support.ts'

const plainWeb = (more = {}) => web({ runTasks: [], eventTargets: [], ...more })
const registered = {
  family: 'web',
  containerDefinitions: [{ name: 'web', image: 'my_image:never-deployed', memory: 512 }],
}

describe('a rollback', () => {
  it('goes back to the last revision that was deployed successfully, not just to the one before', async () => {
    const { deploy, rollback, call, runs, active } = stage(web({ runTasks: [] }))
    await deploy('v2')
    call('ecs', 'RegisterTaskDefinition', registered)
    await deploy('v4')
    expect(active('web')).toEqual(['web:1', 'web:2', 'web:3', 'web:4'])
    const result = await rollback()
    expect(result).toMatchObject({ exitCode: 0, summary: 'Rolled Task back to web:2.' })
    expect(runs('my_cluster/web')).toBe('web:2')
    expect(active('web')).toEqual(['web:1', 'web:2'])
  })

  it('goes to the one before where AWS knows no history', async () => {
    const { deploy, rollback, call, runs } = stage(plainWeb(), {
      meddle: ({ operation }) =>
        operation === 'ListServiceDeployments'
          ? { status: 400, body: { __type: 'UnsupportedFeatureException', message: 'no' } }
          : undefined,
    })
    await deploy('v2')
    call('ecs', 'RegisterTaskDefinition', {
      ...registered,
      containerDefinitions: [{ name: 'web', image: 'my_image:v3', memory: 512 }],
    })
    await deploy('v4')
    await rollback()
    expect(runs('my_cluster/web')).toBe('web:3')
  })

  it.each(['1', 'web:1', 'arn:aws:ecs:us-east-1:123456789012:task-definition/web:1', 'initial'])(
    'with --to %s goes there, and what is newer is deregistered last',
    async (to) => {
      const { deploy, rollback, runs, active, targets } = stage(web({ runTasks: [] }))
      await deploy('v2')
      await deploy('v3')
      const result = await rollback({ to })
      expect(result.exitCode).toBe(0)
      expect(runs('my_cluster/web')).toBe('web:1')
      expect(targets('nightly')[0]!.EcsParameters.TaskDefinitionArn).toMatch(/web:1$/)
      expect(active('web')).toEqual(['web:1'])
      expect(result.writes.slice(-2).map(({ operation }) => operation)).toEqual([
        'DeregisterTaskDefinition',
        'DeregisterTaskDefinition',
      ])
    },
  )

  it('with --to a revision that does not exist is refused, and lists those that do', async () => {
    const { deploy, rollback } = stage(plainWeb())
    await deploy('v2')
    const result = await rollback({ to: 'v9' })
    expect(result).toMatchObject({ exitCode: 2, writes: [], problem: { code: 'NothingToRollBackTo' } })
    expect(result.problem!.problems).toEqual([
      'web: has no ACTIVE revision named v9 or with that image tag; ACTIVE: web:2, web:1.',
    ])
  })

  it('stops a rollout that is in progress', async () => {
    const { deploy, rollback, runs, service, active } = stage(plainWeb())
    await deploy('slow-10m', { wait: false })
    expect((await rollback()).exitCode).toBe(0)
    expect(runs('my_cluster/web')).toBe('web:1')
    expect(service('my_cluster/web').deployments).toMatchObject([{ rolloutState: 'COMPLETED', runningCount: 2 }])
    expect(active('web')).toEqual(['web:1'])
  })
})

describe('--skip-unchanged', () => {
  it('ends 0 after one look when everything runs the tag already: writes nothing, runs no task', async () => {
    const { deploy, world } = stage(web())
    await deploy('v2')
    const before = world()
    const result = await deploy('v2', { skipUnchanged: true })
    expect(result).toMatchObject({ exitCode: 0, writes: [], summary: 'Task is already at v2; no changes.' })
    expect(world().services).toEqual(before.services)
  })

  it('reuses an identical revision for a service that does not run it', async () => {
    const { deploy, call, runs, active } = stage(web())
    await deploy('v2')
    call('ecs', 'UpdateService', { cluster: 'my_cluster', service: 'web', taskDefinition: 'web:1' })
    const result = await deploy('v2', { skipUnchanged: true })
    expect(result.exitCode).toBe(0)
    expect(result.writes.map(({ operation }) => operation)).toEqual(['RunTask', 'UpdateService'])
    expect(runs('my_cluster/web')).toBe('web:2')
    expect(active('web')).toEqual(['web:1', 'web:2'])
  })

  it('registers a revision when something has changed', async () => {
    const { deploy, active } = stage(plainWeb())
    await deploy('v2')
    await deploy('v3', { skipUnchanged: true })
    expect(active('web')).toEqual(['web:1', 'web:2', 'web:3'])
  })

  it('updates only the target that points elsewhere', async () => {
    const { deploy, call, targets } = stage(web({ runTasks: [] }))
    await deploy('v2')
    const target = structuredClone(targets('nightly')[0]!)
    call('events', 'PutTargets', {
      Rule: 'nightly',
      Targets: [
        { ...target, EcsParameters: { TaskDefinitionArn: target.EcsParameters.TaskDefinitionArn.replace(':2', ':1') } },
      ],
    })
    const { writes } = await deploy('v2', { skipUnchanged: true })
    expect(writes.map(({ operation }) => operation)).toEqual(['PutTargets'])
    expect(targets('nightly')[0]!.EcsParameters.TaskDefinitionArn).toMatch(/web:2$/)
  })

  it('still applies a declared desired count that differs', async () => {
    const { deploy, call, service } = stage(
      plainWeb({ updateServices: [{ cluster: 'my_cluster', service: 'web', desiredCount: 3 }] }),
    )
    await deploy('v2')
    call('ecs', 'UpdateService', { cluster: 'my_cluster', service: 'web', desiredCount: 1 })
    await deploy('v2', { skipUnchanged: true })
    expect(service('my_cluster/web').desiredCount).toBe(3)
  })

  it('waits for a service that has just been scaled, whose deployment still shows the count before', async () => {
    const { deploy, call, service } = stage(plainWeb())
    await deploy('v2')
    const [{ id }] = service('my_cluster/web').deployments
    call('ecs', 'UpdateService', { cluster: 'my_cluster', service: 'web', desiredCount: 5 })
    expect(service('my_cluster/web').deployments).toMatchObject([{ id, desiredCount: 2, runningCount: 2 }])
    expect((await deploy('v2', { skipUnchanged: true })).exitCode).toBe(0)
    expect(service('my_cluster/web')).toMatchObject({ runningCount: 5, deployments: [{ id, desiredCount: 5 }] })
  })

  it('puts a declared desired count back where its tasks do not become steady in time, and replaces none', async () => {
    const { deploy, call, clock, service, tasks } = stage(
      plainWeb({ updateServices: [{ cluster: 'my_cluster', service: 'web', desiredCount: 3 }] }),
    )
    await deploy('v2')
    call('ecs', 'UpdateService', { cluster: 'my_cluster', service: 'web', desiredCount: 1 })
    const [{ id }] = service('my_cluster/web').deployments
    await clock.sleep(600_000)
    const before = tasks().map(({ taskArn }) => taskArn)
    const result = await deploy('v2', { skipUnchanged: true, timeout: 10_000 })
    expect(result).toMatchObject({ exitCode: 1, problem: { code: 'TimedOut' } })
    expect(service('my_cluster/web')).toMatchObject({ desiredCount: 1, runningCount: 1, deployments: [{ id }] })
    const since = tasks().filter(({ taskArn }) => !before.includes(taskArn))
    expect(since.map(({ desiredStatus }) => desiredStatus)).toEqual(['STOPPED', 'STOPPED'])
  })

  it('never prunes the revision that it reuses', async () => {
    const { deploy, active, runs } = stage(plainWeb({ activeTaskCount: 1 }))
    await deploy('v2')
    await deploy('v2', { skipUnchanged: true })
    expect([runs('my_cluster/web'), active('web')]).toEqual(['web:2', ['web:2']])
  })
})

describe('wait', () => {
  it('follows a rollout that a killed job left behind to its end, and changes nothing', async () => {
    const { deploy, wait, service } = stage(plainWeb())
    await deploy('v2', { wait: false })
    const result = await wait()
    expect(result).toMatchObject({ exitCode: 0, writes: [] })
    expect(service('my_cluster/web').deployments).toMatchObject([{ rolloutState: 'COMPLETED', runningCount: 2 }])
  })

  it('says of a service that is deleted before it is followed that somebody else has deleted it, and ends 5', async () => {
    let looks = 0
    let isWaiting = false
    const staged = stage(plainWeb(), {
      meddle({ operation }) {
        if (!isWaiting || operation !== 'DescribeServices' || ++looks !== 2) return undefined
        staged.call('ecs', 'DeleteService', { cluster: 'my_cluster', service: 'web', force: true })
        return undefined
      },
    })
    await staged.deploy('v2', { wait: false })
    isWaiting = true
    const { exitCode, left, problem, writes } = await staged.wait()
    expect({ exitCode, left, problem }).toMatchObject({
      exitCode: 5,
      left: [],
      problem: {
        code: 'DeploymentSuperseded',
        what: 'Somebody else deleted service web.',
        why: expect.stringMatching(/^It is (DRAINING|INACTIVE)\.$/),
      },
    })
    expect(writes).toEqual([])
  })

  it('ends 1 when somebody has ECS roll back a rollout whose percentages let it do nothing', async () => {
    const percentages = { minimumHealthyPercent: 75, maximumPercent: 125 }
    let looks = 0
    let isWaiting = false
    const staged = stage(plainWeb(), {
      meddle({ operation }) {
        if (!isWaiting || operation !== 'DescribeServices' || ++looks !== 2) return undefined
        const [newest] = staged.call('ecs', 'ListServiceDeployments', { cluster: 'my_cluster', service: 'web' })
          .serviceDeployments as { serviceDeploymentArn: string }[]
        const { serviceDeploymentArn } = newest!
        staged.call('ecs', 'StopServiceDeployment', { serviceDeploymentArn, stopType: 'ROLLBACK' })
        return undefined
      },
    })
    staged.call('ecs', 'UpdateService', {
      cluster: 'my_cluster',
      service: 'web',
      desiredCount: 1,
      deploymentConfiguration: percentages,
    })
    await staged.clock.sleep(60_000)
    await staged.deploy('v2', { wait: false })
    isWaiting = true
    const result = await staged.wait()
    expect(result).toMatchObject({ exitCode: 1, writes: [], left: [] })
    expect(staged.runs('my_cluster/web')).toBe('web:1')
    expect(staged.service('my_cluster/web').deployments).toMatchObject([{ rolloutState: 'COMPLETED', runningCount: 1 }])
  })

  it('believes no look that lags behind its own update: percentages that let ECS do nothing were those before', async () => {
    const update = { cluster: 'my_cluster', service: 'web' }
    const wide = { minimumHealthyPercent: 50, maximumPercent: 200 }
    let before: unknown
    let looks = 0
    const staged = stage(plainWeb({ updateServices: [{ ...update, deploymentConfiguration: wide }] }), {
      meddle({ operation }) {
        if (operation === 'UpdateService') looks = 1
        if (operation !== 'DescribeServices' || looks === 0 || looks++ > 1) return undefined
        return { status: 200, body: before as object }
      },
    })
    const narrow = { minimumHealthyPercent: 75, maximumPercent: 125 }
    staged.call('ecs', 'UpdateService', { ...update, desiredCount: 1, deploymentConfiguration: narrow })
    await staged.clock.sleep(60_000)
    before = staged.call('ecs', 'DescribeServices', { cluster: 'my_cluster', services: ['web'] })
    expect(await staged.deploy('v2')).toMatchObject({ exitCode: 0 })
    expect(looks).toBeGreaterThan(2)
  })

  it('ends at once when no rollout is in progress', async () => {
    const { wait } = stage(plainWeb())
    const { exitCode, requests } = await wait()
    expect(exitCode).toBe(0)
    expect(new Set(requests.map(({ at }) => at)).size).toBe(1)
  })

  it('ends 1 when ECS rolled back, 3 when nothing was rolled back, 4 when the rollout is still in progress', async () => {
    const rolledBack = stage(plainWeb())
    await rolledBack.deploy('crash', { wait: false })
    expect((await rolledBack.wait({ earlyFail: undefined })).exitCode).toBe(1)

    const left = stage(plainWeb())
    left.call('ecs', 'UpdateService', {
      cluster: 'my_cluster',
      service: 'web',
      deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: false } },
    })
    await left.deploy('crash', { wait: false })
    expect((await left.wait({ earlyFail: undefined })).exitCode).toBe(3)

    const slow = stage(plainWeb())
    await slow.deploy('slow-60m', { wait: false })
    expect(await slow.wait({ timeout: 60_000 })).toMatchObject({ exitCode: 4, writes: [] })
  })
})

describe('a deploy that was killed', () => {
  // The process is gone after a call: nothing undoes, nothing follows.
  it.each(['RegisterTaskDefinition', 'RunTask', 'UpdateService', 'PutTargets'])(
    'after %s is repaired by the next deploy',
    async (last) => {
      let dead = false
      const { deploy, runs, targets, service } = stage(web(), {
        meddle: ({ operation }) => {
          if (dead) return { status: 400, body: { __type: 'AccessDeniedException', message: 'dead' } }
          if (operation === last) dead = true
          return undefined
        },
      })
      await deploy('v2', { onFailure: 'leave' })
      dead = false
      // From here on the meddling would kill it again after the same call.
      const alive = await deployAgain()
      expect(alive.exitCode).toBe(0)
      expect(runs('my_cluster/web')).toMatch(/^web:[23]$/)
      expect(targets('nightly')[0]!.EcsParameters.TaskDefinitionArn.split('/')[1]).toBe(runs('my_cluster/web'))
      expect(service('my_cluster/web').deployments).toMatchObject([{ rolloutState: 'COMPLETED' }])

      async function deployAgain() {
        const result = await deploy('v3', { hear: () => void (dead = false) })
        return result
      }
    },
  )
})
