import { describe, expect, it } from 'vitest'
import type { ToldEvent } from '../../src/engine/events.ts'
import type { Stage } from '../../src/engine/plan.ts'
import type { Step } from '../../src/engine/step.ts'
import { planText } from '../../src/output/planText.ts'
import { type Keys, fileOf, migrate, user } from './stacks.ts'
import { clusterStage } from './support.ts'

const service = (image: string, ...depends_on: string[]): Keys => ({ image, memory: 256, depends_on })
const minute = 60_000

/** When a step of that title began or ended first, in milliseconds since 1970; on the way back, its undoing. */
function at(events: readonly ToldEvent[], type: 'step.started' | 'step.finished', title: string): number {
  const found = events.find((event) => event.type === type && event.title === title)
  return found ? Date.parse(found.at) : Number.NaN
}

function begun(file: string) {
  const stage = clusterStage()
  stage.given(file)
  return stage
}

describe('a service of a stack', () => {
  it('does not wait for one that it does not depend on', async () => {
    const file = fileOf({ api: service('api:v1'), web: service('web:v1', 'api'), worker: service('worker:slow-10m') })
    const stage = begun(file)
    const { result, events } = await stage.deploy([file])
    expect(result).toMatchObject({ exitCode: 0, left: [] })
    const ended = at(events, 'step.finished', 'Create service worker in my-cluster')
    expect(at(events, 'step.started', 'Create service web in my-cluster')).toBe(
      at(events, 'step.finished', 'Create service api in my-cluster'),
    )
    expect(at(events, 'step.finished', 'Create service web in my-cluster')).toBeLessThan(ended - 5 * minute)
    const { web, worker } = Object.fromEntries(
      Object.values(stage.region().services).map(({ service: one }) => [one.serviceName, one]),
    )
    expect(web!.deployments[0]!.updatedAt).toBeLessThan(worker!.deployments[0]!.updatedAt)
  })

  it('waits for the one-off task that it depends on, and for no other', async () => {
    const file = fileOf({
      migrate,
      index: { ...migrate, image: 'index:slow-5m' },
      web: service('web:v1', 'migrate'),
      search: service('search:v1', 'index'),
    })
    const { result, events } = await begun(file).deploy([file])
    expect(result).toMatchObject({ exitCode: 0, left: [] })
    const ran = (task: string): number => at(events, 'step.finished', `Run a task of my-cluster-${task} in my-cluster`)
    const started = (name: string): number => at(events, 'step.started', `Create service ${name} in my-cluster`)
    expect(started('web')).toBeGreaterThanOrEqual(ran('migrate'))
    expect(started('web')).toBeLessThan(ran('index'))
    expect(started('search')).toBeGreaterThanOrEqual(ran('index'))
  })

  it('waits for a change that one without changes stands on', async () => {
    const stackOf = (image: string, web: string): string =>
      fileOf({ user: service(image), api: service('api:v1', 'user'), web: service(web, 'api') })
    const stage = begun(stackOf('user:v1', 'web:v1'))
    await stage.deploy([stackOf('user:v1', 'web:v1')])
    const { events } = await stage.deploy([stackOf('user:v2', 'web:v2')])
    expect(at(events, 'step.started', 'Update service web in my-cluster')).toBeGreaterThanOrEqual(
      at(events, 'step.finished', 'Update service user in my-cluster'),
    )
  })

  it('that nobody finds by a name does not wait for the namespace of the others', async () => {
    const file = fileOf({ user, web: service('web:v1') })
    const { events } = await begun(file).deploy([file])
    const namespace = 'Create namespace example.sd'
    expect(at(events, 'step.started', 'Create service web in my-cluster')).toBeLessThan(
      at(events, 'step.finished', namespace),
    )
    expect(at(events, 'step.started', 'Create service user in my-cluster')).toBeGreaterThanOrEqual(
      at(events, 'step.finished', namespace),
    )
  })

  it('begins with --no-wait once AWS has answered about what it depends on', async () => {
    const file = fileOf({ api: service('api:slow-10m'), web: service('web:v1', 'api') })
    const { result, writes } = await begun(file).deploy([file], {}, { wait: false })
    expect(result.exitCode).toBe(0)
    const created = writes.flatMap(({ operation, body }) =>
      operation === 'CreateService' ? JSON.parse(body).serviceName : [],
    )
    expect(created).toEqual(['api', 'web'])
  })

  it('is not begun where what it depends on fails; what goes on beside it is taken back', async () => {
    const file = fileOf({
      api: service('api:no-pull'),
      web: service('web:v1', 'api'),
      worker: service('worker:slow-10m'),
    })
    const stage = begun(file)
    const before = stage.left()
    const { result, writes } = await stage.deploy([file])
    expect(result).toMatchObject({ exitCode: 1, outcome: 'restored', left: [] })
    expect(result.problem?.what).toBe('The rollout of api failed.')
    const created = writes.filter(({ operation }) => operation === 'CreateService').map(({ body }) => body)
    expect(created.filter((body) => body.includes('"serviceName":"web"'))).toEqual([])
    expect(created).toHaveLength(2)
    await stage.clock.sleep(10 * minute)
    await stage.describe()
    expect(stage.left()).toEqual(before)
  })

  it('goes back before what it depends on', async () => {
    const stackOf = (tag: string, last: string): string =>
      fileOf({
        user: service(`user:${tag}`),
        web: service(`web:${tag}`, 'user'),
        last: service(`last:${last}`, 'web'),
      })
    const stage = begun(stackOf('v1', 'v1'))
    await stage.deploy([stackOf('v1', 'v1')])
    const { result, events } = await stage.deploy([stackOf('v2', 'no-pull')])
    expect(result).toMatchObject({ exitCode: 1, outcome: 'restored', left: [] })
    const back = (name: string): string => `Put service ${name} back to my-cluster-${name}:1`
    expect(at(events, 'step.started', back('web'))).toBeGreaterThanOrEqual(at(events, 'step.finished', back('last')))
    expect(at(events, 'step.started', back('user'))).toBeGreaterThanOrEqual(at(events, 'step.finished', back('web')))
    for (const name of ['user', 'web', 'last']) {
      expect(stage.region().services[`my-cluster/${name}`]!.service.taskDefinition).toMatch(/:1$/)
    }
  })

  it('is not begun where somebody else deploys what it depends on meanwhile: exit 5, nothing undone', async () => {
    const file = fileOf({ api: service('api:slow-2m'), web: service('web:v1', 'api'), worker: service('worker:v1') })
    const stage = begun(file)
    const hear = (event: ToldEvent): void => {
      if (event.type !== 'step.finished' || event.title !== 'Create service worker in my-cluster') return
      stage.call('ecs', 'UpdateService', { cluster: 'my-cluster', service: 'api', forceNewDeployment: true })
    }
    const { result } = await stage.deploy([file], {}, { hear })
    expect(result).toMatchObject({ exitCode: 5, outcome: 'superseded', left: [] })
    expect(stage.left()['services']).toEqual(['api', 'worker'])
  })

  it('stays with --on-failure leave, and is named before what it depends on', async () => {
    const file = fileOf({
      last: service('last:no-pull', 'web'),
      web: service('web:v1', 'user'),
      user: service('user:v1'),
    })
    const stage = begun(file)
    const { result } = await stage.deploy([file], {}, { onFailure: 'leave' })
    expect(result.exitCode).toBe(3)
    const named = result.left.flatMap((line) => /^Delete service (\w+)/.exec(line)?.[1] ?? [])
    expect(named).toEqual(['last', 'web', 'user'])
    const again = await stage.deploy([fileOf({ user: service('user:v1'), web: service('web:v1', 'user') })])
    expect([again.result.exitCode, again.writes]).toEqual([0, []])
  })
})

describe('the plan of a stack', () => {
  it('says after what each service comes, as text and as JSON', async () => {
    const file = fileOf({ web: service('web:v1', 'migrate', 'api'), migrate, api: service('api:v1') })
    const { result } = await begun(file).deploy([file], {}, { dryRun: true })
    const text = planText(result.plan!, { color: false, columns: 200 })
    const lines = text.split('\n').filter((line) => /^\d|^ {3}\w|after:/.test(line))
    const [ran, made] = ['Tag the new revision of my-cluster-migrate as run', 'Create service api in my-cluster']
    expect(lines).toEqual([
      '1. Register',
      '   Register a new revision of my-cluster-web',
      '   Register a new revision of my-cluster-migrate',
      '   Register a new revision of my-cluster-api',
      '2. Roll out the services (side by side, each after its dependencies)',
      '   Run a task of my-cluster-migrate in my-cluster',
      `   ${ran}`,
      '     after: Run a task of my-cluster-migrate in my-cluster',
      `   ${made}`,
      '   Create service web in my-cluster',
      `     after: ${ran}`,
      `     after: ${made}`,
    ])
    const steps: Step[] = JSON.parse(JSON.stringify(result.plan)).stages.flatMap((stage: Stage) => stage.steps)
    const titles = (ids: readonly string[] = []) => ids.map((id) => steps.find((step) => step.id === id)?.title)
    expect(titles(steps.find(({ title }) => title === 'Create service web in my-cluster')?.needs)).toEqual([ran, made])
  })
})
