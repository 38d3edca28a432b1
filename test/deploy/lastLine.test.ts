import { describe, expect, it } from 'vitest'
import { web } from './declared.ts'
import { classOf, fleet } from './fleet.ts'
import { ofType, stage } from './support.ts'

const plainWeb = web({ runTasks: [], eventTargets: [] })

/** The last line as people and as programs are told it. */
function lastLineOf({ summary, events }: { summary: string; events: Parameters<typeof ofType>[0] }): string {
  expect(ofType(events, 'run.finished').map((event) => event.summary)).toEqual([summary])
  return summary
}

describe('the last line of an image that crashes and that nobody waits for', () => {
  it('does not say that it is deployed', async () => {
    const { deploy, service } = stage(plainWeb)
    const result = await deploy('crash', { wait: false })
    expect(lastLineOf(result)).toBe('Started deploying crash of Task; not waiting for it (--no-wait).')
    expect(service('my_cluster/web').deployments[0]).toMatchObject({ rolloutState: 'IN_PROGRESS', runningCount: 0 })
  })

  it('does not say that it is rolled back', async () => {
    const { deploy, rollback, call, service } = stage(plainWeb)
    const containerDefinitions = [{ name: 'web', image: 'my_image:crash', memory: 512 }]
    call('ecs', 'RegisterTaskDefinition', { family: 'web', containerDefinitions })
    await deploy('v3')
    const result = await rollback({ to: '2', wait: false })
    expect(lastLineOf(result)).toBe('Started rolling Task back to web:2; not waiting for it (--no-wait).')
    expect(service('my_cluster/web').deployments[0]).toMatchObject({ rolloutState: 'IN_PROGRESS', runningCount: 0 })
  })
})

describe('the last line of what starts no rollout', () => {
  it('says that it is deployed, also with --no-wait', async () => {
    const { deploy } = stage(web({ runTasks: [], updateServices: [] }))
    expect(lastLineOf(await deploy('v2', { wait: false }))).toBe('Deployed v2 of Task.')
  })

  it('says that it is rolled back, also with --no-wait', async () => {
    const { deploy, rollback } = stage(web({ runTasks: [], updateServices: [] }))
    await deploy('v2')
    await deploy('v3')
    expect(lastLineOf(await rollback({ wait: false }))).toBe('Rolled Task back to web:1.')
  })
})

describe('the last line of a rollout that is followed only so far', () => {
  const blueGreen = { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 10 }
  const baking = () => {
    const staged = stage(plainWeb)
    staged.call('ecs', 'UpdateService', { cluster: 'my_cluster', service: 'web', deploymentConfiguration: blueGreen })
    return staged
  }

  it('says how far, and not that it is deployed', async () => {
    const result = await baking().deploy('v2', { until: 'BAKE_TIME' })
    expect(lastLineOf(result)).toBe('Started deploying v2 of Task; followed it with --until BAKE_TIME.')
  })

  it('does not say of wait that nothing is in progress any more', async () => {
    const { deploy, wait } = baking()
    await deploy('v2', { wait: false })
    expect(lastLineOf(await wait({ until: 'SCALE_UP' }))).toBe('Waited for Task; followed it with --until SCALE_UP.')
    expect(lastLineOf(await wait())).toBe('No deployment is in progress any more in Task.')
  })
})

describe('the last line of several classes', () => {
  const names = ['Api', 'Bot', 'Cron', 'Docs', 'Edge', 'Feed']
  const fleetOf = (count: number, fault?: string) =>
    fleet(names.slice(0, count).map((name) => classOf(name, fault === undefined ? {} : { fault })))

  it.each([
    [1, 'Api is already at v2; no changes.'],
    [2, 'Api, Bot are already at v2; no changes.'],
    [6, '6 classes: Api, Bot, … and 4 more are already at v2; no changes.'],
  ])('that have nothing to do agrees with their number: %i', async (count, line) => {
    const { deploy } = fleetOf(count)
    await deploy('v2')
    expect(lastLineOf(await deploy('v2', { skipUnchanged: true }))).toBe(line)
  })

  it.each([
    [{ timeout: 60_000 }, 'Wait for Api, Bot ended: a rollout is still in progress.'],
    [{ earlyFail: undefined }, 'Wait for Api, Bot ended: a rollout failed, and ECS rolled it back.'],
  ])('that were waited for does not make one of them: %j', async (more, line) => {
    const { deploy, wait } = fleetOf(2, 'timeout' in more ? 'slow-60m' : 'crash')
    await deploy('v2', { wait: false })
    expect(lastLineOf(await wait(more))).toBe(line)
  })
})
