// What a PAUSE hook is answered, and what becomes of a service that ECS takes back, as whoever follows it says it.
import { describe, expect, it } from 'vitest'
import { web } from './declared.ts'
import { type Meddle, stage } from './support.ts'

const service = { cluster: 'my_cluster', service: 'web' }
const plainWeb = web({ runTasks: [], eventTargets: [] })
const pause = { targetType: 'PAUSE', lifecycleStages: ['POST_SCALE_UP'] }
const blueGreen = { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 0 }

/** A deployment of v2 that waits at a PAUSE hook; AWS acts on what answers it, `times` times without saying so. */
async function pausedAndLost(times: number, acts = true) {
  let left = times
  const lost: Meddle = ({ operation, input }) => {
    if (operation !== 'ContinueServiceDeployment' || left-- <= 0) return undefined
    // Only the first is carried out; AWS refuses those that come after it.
    if (acts && left === times - 1) staged.call('ecs', operation, input)
    return 'cut'
  }
  const staged = stage(plainWeb, { meddle: lost })
  staged.call('ecs', 'UpdateService', {
    ...service,
    deploymentConfiguration: { ...blueGreen, lifecycleHooks: [pause] },
  })
  await staged.deploy('v2', { until: 'paused' })
  return staged
}

describe('an answer to a PAUSE hook that AWS has taken without saying so', () => {
  it.each([1, 99])('counts as a rejection, %s times cut off', async (times) => {
    const staged = await pausedAndLost(times)
    expect(await staged.reject()).toMatchObject({ exitCode: 0, left: [] })
    expect(staged.runs('my_cluster/web')).toBe('web:1')
  })

  it.each([1, 99])('counts as a continuation, %s times cut off', async (times) => {
    const staged = await pausedAndLost(times)
    expect(await staged.proceed()).toMatchObject({ exitCode: 0, left: [] })
    expect(staged.runs('my_cluster/web')).toBe('web:2')
  })
})

describe('a stop that AWS has carried out without saying so', () => {
  it('counts as one, and is followed back', async () => {
    const staged = stage(plainWeb, {
      meddle({ operation, input }) {
        if (operation !== 'StopServiceDeployment') return undefined
        staged.call('ecs', operation, input)
        return 'cut'
      },
    })
    staged.call('ecs', 'UpdateService', { ...service, deploymentConfiguration: blueGreen })
    await staged.deploy('slow-10m', { wait: false })
    expect(await staged.rollback()).toMatchObject({ exitCode: 0, left: [] })
    expect(staged.runs('my_cluster/web')).toBe('web:1')
  })
})

describe('a continue that fails', () => {
  it('does not say that it continued', async () => {
    const staged = await pausedAndLost(99, false)
    expect(await staged.proceed()).toMatchObject({
      exitCode: 3,
      summary: 'Continue Task failed; not everything could be done.',
      left: [expect.stringContaining('AWS cannot be reached.')],
    })
  })
})

describe('a wait for a deployment that is paused before its first task', () => {
  it('of a service that is to have none does not say that it is over', async () => {
    const lifecycleHooks = [{ targetType: 'PAUSE', lifecycleStages: ['PRE_SCALE_UP'] }]
    const deploymentConfiguration = { ...blueGreen, lifecycleHooks }
    const staged = stage(plainWeb)
    staged.call('ecs', 'UpdateService', { ...service, desiredCount: 0, deploymentConfiguration })
    await staged.deploy('v2', { until: 'paused' })
    // What ECS was taking back when this one began leaves the list; nothing tells the rest from one that has completed.
    const seen = staged.service('my_cluster/web')
    seen.deployments = seen.deployments.filter(({ status }: { status: string }) => status === 'PRIMARY')
    const waited = await staged.wait({ timeout: 600_000 })
    expect(waited).toMatchObject({ exitCode: 4, problem: { code: 'TimedOut' } })
  })
})

describe('a wait for a deployment that ECS rolls back', () => {
  const breaker = { deploymentCircuitBreaker: { enable: true, rollback: true } }

  it.each([
    ['rolling', { ...breaker, minimumHealthyPercent: 0, maximumPercent: 100 }],
    ['blue/green', { ...blueGreen, ...breaker }],
  ])('%s ends 1 once the service is back', async (_kind, deploymentConfiguration) => {
    const staged = stage(plainWeb)
    staged.call('ecs', 'UpdateService', { ...service, deploymentConfiguration })
    await staged.deploy('no-pull', { wait: false })
    expect(await staged.wait({ earlyFail: undefined })).toMatchObject({ exitCode: 1, left: [] })
    const [newest] = staged.call('ecs', 'ListServiceDeployments', service).serviceDeployments
    expect([staged.runs('my_cluster/web'), newest.status]).toEqual(['web:1', 'ROLLBACK_SUCCESSFUL'])
  })

  it('without tasks ends once ECS has taken it back through its stages, not before', async () => {
    const lifecycleHooks = [{ targetType: 'PAUSE', lifecycleStages: ['PRE_SCALE_UP'] }]
    const staged = stage(plainWeb)
    const deploymentConfiguration = { ...blueGreen, bakeTimeInMinutes: 1, lifecycleHooks }
    staged.call('ecs', 'UpdateService', { ...service, desiredCount: 0, deploymentConfiguration })
    await staged.deploy('v2', { until: 'paused' })
    const newest = () => staged.call('ecs', 'ListServiceDeployments', service).serviceDeployments[0]
    staged.call('ecs', 'StopServiceDeployment', { serviceDeploymentArn: newest().serviceDeploymentArn })
    await staged.clock.sleep(5_000)
    staged.aws.advance()
    expect(newest().status).toBe('ROLLBACK_IN_PROGRESS')
    expect(await staged.wait()).toMatchObject({ exitCode: 0 })
    expect(newest().status).toBe('ROLLBACK_SUCCESSFUL')
  })
})
