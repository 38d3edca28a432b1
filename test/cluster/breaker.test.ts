import { describe, expect, it } from 'vitest'
import { type Keys, fileOf } from './stacks.ts'
import { clusterStage } from './support.ts'
import { written } from './written.ts'

type Stage = ReturnType<typeof clusterStage>

const web = { image: 'web:v1', memory: 256 }
const fileWith = (keys: Keys): string => fileOf({ web: { ...web, ...keys } })
const breaking = (deployment_circuit_breaker: Keys): Keys => ({
  deployment_configuration: { deployment_circuit_breaker },
})
const serviceOf = (stage: Stage) => stage.region().services['my-cluster/web']!.service
const breakerOf = (stage: Stage): unknown => serviceOf(stage).deploymentConfiguration.deploymentCircuitBreaker
const update = (stage: Stage, deploymentConfiguration: object): void =>
  void stage.call('ecs', 'UpdateService', { cluster: 'my-cluster', service: 'web', deploymentConfiguration })

async function deployed(file: string): Promise<Stage> {
  const stage = clusterStage()
  stage.given(file)
  expect((await stage.deploy([file])).result).toMatchObject({ exitCode: 0, left: [] })
  return stage
}

describe('the circuit breaker of a service that a stack makes', () => {
  it.each([
    ['is on, with rollback', {}, { enable: true, rollback: true }],
    ['of a DAEMON too', { scheduling_strategy: 'DAEMON' }, { enable: true, rollback: true }],
    ['has no rollback where the file says so', breaking({ rollback: false }), { enable: true, rollback: false }],
    ['is off where the file says so', breaking({ enable: false }), { enable: false, rollback: false }],
  ])('%s, and a second deploy writes nothing', async (_title, keys, breaker) => {
    const file = fileWith(keys)
    const stage = await deployed(file)
    expect(breakerOf(stage)).toEqual(breaker)
    expect((await stage.deploy([file])).writes).toEqual([])
    const [described] = (await stage.describe()).services
    expect(described?.deploymentConfiguration.deploymentCircuitBreaker).toEqual(breaker)
  })
})

describe('the circuit breaker of a service that is there already', () => {
  it('goes on where an earlier edition has made it without, and no deployment starts', async () => {
    const stage = await deployed(fileWith(breaking({ enable: false })))
    const before = serviceOf(stage).deployments[0]!.id
    const line = 'no circuit breaker → circuit breaker with rollback'
    expect(await stage.diff(fileWith({}))).toEqual([
      `Change service web in my-cluster\n  deployment_configuration: ${line}`,
    ])
    const { result, writes } = await stage.deploy([fileWith({})])
    expect([result.exitCode, writes.map(({ operation }) => operation)]).toEqual([0, ['UpdateService']])
    expect(breakerOf(stage)).toEqual({ enable: true, rollback: true })
    expect(serviceOf(stage).deployments).toMatchObject([{ id: before, rolloutState: 'COMPLETED' }])
    expect((await stage.deploy([fileWith({})])).writes).toEqual([])
  })

  it('keeps the threshold that somebody has given it', async () => {
    const stage = await deployed(fileWith({}))
    const thresholdConfiguration = { type: 'COUNT', value: 7 }
    update(stage, { deploymentCircuitBreaker: { enable: true, rollback: false, thresholdConfiguration } })
    expect((await stage.deploy([fileWith({})])).result.exitCode).toBe(0)
    expect(breakerOf(stage)).toEqual({ enable: true, rollback: true, thresholdConfiguration })
    expect((await stage.deploy([fileWith({})])).writes).toEqual([])
  })

  it('is what it was again when the deploy fails', async () => {
    const stage = await deployed(fileWith(breaking({ enable: false })))
    const file = fileOf({ web, worker: { image: 'worker:no-pull', memory: 256 } })
    const { result, writes } = await stage.deploy([file])
    expect(result).toMatchObject({ exitCode: 1, left: [] })
    expect(writes.map(written).join('\n')).toContain('{enable:true,rollback:true}')
    expect(breakerOf(stage)).toEqual({ enable: false, rollback: false })
  })
})

describe('a first deploy whose image never runs', () => {
  const file = fileWith({ image: 'web:no-pull' })

  it('is given up by ECS, though nobody waits for it', async () => {
    const stage = clusterStage()
    stage.given(file)
    const { result } = await stage.deploy([file], {}, { wait: false })
    expect(result.summary).toBe('Started deploying 1 service to cluster my-cluster; not waiting for it (--no-wait).')
    await stage.clock.sleep(3_600_000)
    await stage.describe()
    expect(serviceOf(stage)).toMatchObject({
      runningCount: 0,
      pendingCount: 0,
      deployments: [{ status: 'PRIMARY', rolloutState: 'FAILED' }],
    })
  })

  it('fails by the word of ECS alone, says why, and is taken away: exit 1', async () => {
    const stage = clusterStage()
    stage.given(file)
    const before = stage.left()
    const { result } = await stage.deploy([file], {}, { earlyFail: undefined })
    expect(result).toMatchObject({ exitCode: 1, outcome: 'restored', left: [] })
    expect(result.problem).toMatchObject({
      what: 'The rollout of web failed.',
      why: 'ECS deployment circuit breaker: tasks failed to start.',
    })
    await stage.clock.sleep(600_000)
    await stage.describe()
    expect(stage.left()).toEqual(before)
  })

  it('is started again by the next deploy', async () => {
    const stage = clusterStage()
    stage.given(file)
    await stage.deploy([file], {}, { earlyFail: undefined, onFailure: 'leave' })
    expect(await stage.diff(file)).toEqual(['Update service web in my-cluster\n  deployment: FAILED → again'])
    const { result } = await stage.deploy([fileWith({})])
    expect(result).toMatchObject({ exitCode: 0, left: [] })
    expect(serviceOf(stage)).toMatchObject({ runningCount: 1, deployments: [{ rolloutState: 'COMPLETED' }] })
  })
})
