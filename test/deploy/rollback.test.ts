import { describe, expect, it } from 'vitest'
import { web } from './declared.ts'
import { classOf, fleet } from './fleet.ts'
import { stage } from './support.ts'

const noTasks = { runTasks: [] }

describe('a rollback', () => {
  it('points service and target to the revision before, and only then deregisters the newest', async () => {
    const { deploy, rollback, runs, active, targets } = stage(web(noTasks))
    await deploy('v2')
    await deploy('v3')
    const result = await rollback()
    expect(result.exitCode).toBe(0)
    expect(result.writes.map(({ operation }) => operation)).toEqual([
      'UpdateService',
      'PutTargets',
      'DeregisterTaskDefinition',
    ])
    expect(result.writes[2]!.at).toBeGreaterThan(result.writes[0]!.at)
    expect(runs('my_cluster/web')).toBe('web:2')
    expect(targets('nightly')[0]!.EcsParameters.TaskDefinitionArn).toMatch(/web:2$/)
    expect(active('web')).toEqual(['web:1', 'web:2'])
  })

  it('follows the services it points back', async () => {
    const { deploy, rollback, service } = stage(web(noTasks))
    await deploy('v2')
    await rollback()
    expect(service('my_cluster/web').deployments).toMatchObject([
      { status: 'PRIMARY', rolloutState: 'COMPLETED', runningCount: 2 },
    ])
  })

  it('runs no one-off task', async () => {
    const { deploy, rollback } = stage(web())
    await deploy('v2')
    expect((await rollback()).writes.some(({ operation }) => operation === 'RunTask')).toBe(false)
  })

  it('of a family with one revision is refused, ends 2 and changes nothing', async () => {
    const { rollback, world } = stage(web(noTasks))
    const before = world()
    const result = await rollback()
    expect(result).toMatchObject({ exitCode: 2, outcome: 'refused', problem: { code: 'NothingToRollBackTo' } })
    expect(result.writes).toEqual([])
    expect(world()).toEqual(before)
  })

  it('of many families counts them where it names them', async () => {
    const names = ['A', 'B', 'C', 'D', 'E', 'F']
    const { deploy, rollback } = fleet(names.map((name) => classOf(name)))
    expect((await rollback()).problem?.what).toBe(
      'There is nothing to roll back to for 6 families: a, b, … and 4 more.',
    )
    await deploy('v2')
    expect((await rollback()).summary).toMatch(/back to 6 revisions: a:1, b:1, … and 4 more\.$/)
  })

  it('that fails points everything forward again and deregisters nothing', async () => {
    const { deploy, rollback, runs, active, targets, call } = stage(web(noTasks))
    const containerDefinitions = [{ name: 'web', image: 'my_image:no-pull', memory: 512 }]
    call('ecs', 'RegisterTaskDefinition', { family: 'web', containerDefinitions })
    await deploy('v3')
    const result = await rollback({ to: '2' })
    expect(result).toMatchObject({ exitCode: 1, outcome: 'restored' })
    expect(runs('my_cluster/web')).toBe('web:3')
    expect(targets('nightly')[0]!.EcsParameters.TaskDefinitionArn).toMatch(/web:3$/)
    expect(active('web')).toEqual(['web:1', 'web:2', 'web:3'])
  })

  it('keeps the newest revision while another service uses it, and says so', async () => {
    const { deploy, rollback, active, call } = stage(web(noTasks))
    await deploy('v2')
    call('ecs', 'CreateService', {
      cluster: 'my_cluster',
      serviceName: 'other',
      taskDefinition: 'web:2',
      desiredCount: 0,
    })
    const result = await rollback()
    expect(result.exitCode).toBe(0)
    expect(active('web')).toEqual(['web:1', 'web:2'])
    expect(result.events).toContainEqual(
      expect.objectContaining({
        type: 'warning.raised',
        text: 'Deregister web:2: web:2 is still used by service my_cluster/other',
      }),
    )
  })

  it('reports a revision that AWS would not deregister, with the command that does it, and ends 3', async () => {
    const { deploy, rollback } = stage(web(noTasks), {
      meddle: ({ operation }) =>
        operation === 'DeregisterTaskDefinition'
          ? { status: 400, body: { __type: 'AccessDeniedException', message: 'not you' } }
          : undefined,
    })
    await deploy('v2')
    const result = await rollback()
    expect(result).toMatchObject({ exitCode: 3, outcome: 'halfDone' })
    expect(result.left).toEqual([expect.stringContaining('aws ecs deregister-task-definition --cli-input-json')])
  })

  it('as a dry run writes nothing', async () => {
    const { deploy, rollback, world } = stage(web(noTasks))
    await deploy('v2')
    const before = world()
    const { plan, writes } = await rollback({ dryRun: true })
    expect(writes).toEqual([])
    expect(world()).toEqual(before)
    expect(plan!.title).toBe('Roll Task back to web:1')
  })
})

describe('a rollback of services that last ran different revisions', () => {
  const services = ['web', 'api'].map((service) => ({ cluster: 'my_cluster', service }))

  it('goes to one that is still ACTIVE, though a deployment in progress came from one that is not', async () => {
    const staged = stage(web({ runTasks: [], eventTargets: [], updateServices: services }))
    staged.call('ecs', 'RegisterTaskDefinition', {
      family: 'web',
      containerDefinitions: [{ name: 'web', image: 'my_image:v2', memory: 512 }],
    })
    staged.call('ecs', 'UpdateService', { cluster: 'my_cluster', service: 'api', taskDefinition: 'web:2' })
    expect((await staged.wait()).exitCode).toBe(0)
    staged.call('ecs', 'DeregisterTaskDefinition', { taskDefinition: 'web:1' })
    await staged.deploy('v3', { wait: false })
    expect(await staged.rollback()).toMatchObject({ exitCode: 0, left: [] })
    expect([staged.runs('my_cluster/web'), staged.runs('my_cluster/api')]).toEqual(['web:2', 'web:2'])
  })
})
