import { describe, expect, it } from 'vitest'
import type { ToldEvent } from '../../src/engine/events.ts'
import { digestWords, ecr, push } from '../deploy/ecr.ts'
import { clusterStage } from './support.ts'

const fileOf = (image: string): string =>
  `defaults: { network_mode: bridge }\nservices:\n  - web:\n      image: ${image}\n      memory: 256\n`

describe('the last line of a stack', () => {
  it('whose image crashes and that nobody waits for does not say that it is deployed', async () => {
    const stage = clusterStage()
    stage.given(fileOf('img:crash'))
    const { result } = await stage.deploy([fileOf('img:crash')], {}, { wait: false })
    expect(result.summary).toBe('Started deploying 1 service to cluster my-cluster; not waiting for it (--no-wait).')
  })

  it('counts the services that were touched, among all that there are', async () => {
    const stage = clusterStage()
    const two = (image: string): string => `${fileOf(image)}  - other:\n      image: img:v1\n      memory: 256\n`
    stage.given(two('img:v1'))
    expect((await stage.deploy([two('img:v1')])).result.summary).toBe('Deployed 2 services to cluster my-cluster.')
    const { result } = await stage.deploy([two('img:v2')])
    expect(result.summary).toBe('Deployed 1 of 2 services to cluster my-cluster.')
    const failed = await stage.deploy([two('img:crash')])
    expect(failed.result.summary).toBe('Deploy 1 of 2 services to cluster my-cluster failed; everything is as it was.')
  })

  it('that changes nothing does not say that it is up to date while a rollout of it still goes on', async () => {
    const stage = clusterStage()
    stage.given(fileOf('img:crash'))
    await stage.deploy([fileOf('img:crash')], {}, { wait: false })
    const { result, writes } = await stage.deploy([fileOf('img:crash')], {}, { wait: false })
    expect([result.exitCode, writes]).toEqual([0, []])
    expect(result.summary).toBe(
      'No changes to cluster my-cluster; web is still rolling out, not waiting for it (--no-wait).',
    )
  })

  it('that changes nothing names all services whose rollouts still go on', async () => {
    const stage = clusterStage()
    const two = `${fileOf('img:crash')}  - other:\n      image: img:crash\n      memory: 256\n`
    stage.given(two)
    await stage.deploy([two], {}, { wait: false })
    const { result } = await stage.deploy([two], {}, { wait: false })
    expect(result.summary).toBe(
      'No changes to cluster my-cluster; web, other are still rolling out, not waiting for it (--no-wait).',
    )
  })
})

describe('the way back of a stack', () => {
  const notCompleted =
    'Service web has not completed the deployment of my-cluster-web:2: on failure it goes back to my-cluster-web:1, the last one that was successful.'

  /** A stack whose image crashes after one that did not. */
  async function crashing(more = '') {
    const stage = clusterStage()
    stage.given(fileOf('img:v1'))
    await stage.deploy([fileOf('img:v1') + more])
    await stage.deploy([fileOf('img:crash') + more], {}, { wait: false })
    return stage
  }

  it('goes to the last revision that was successful, never to one that has not completed', async () => {
    const stage = await crashing()
    const { result } = await stage.deploy([fileOf('img:no-pull')])
    expect(result).toMatchObject({ exitCode: 1, left: [] })
    const { service } = stage.region().services['my-cluster/web']!
    expect(service.taskDefinition).toMatch(/my-cluster-web:1$/)
    expect(service).toMatchObject({ runningCount: 1, deployments: [{ rolloutState: 'COMPLETED' }] })
    expect(result.plan?.warnings).toContain(notCompleted)
  })

  it('goes there too where the service is deleted and created again', async () => {
    const stage = await crashing()
    const daemon = `${fileOf('img:no-pull')}      scheduling_strategy: DAEMON\n`
    stage.given(daemon)
    const { result } = await stage.deploy([daemon], { replace: true })
    expect(result).toMatchObject({ exitCode: 1, left: [] })
    expect(result.plan?.warnings).toContain(notCompleted)
    const { service } = stage.region().services['my-cluster/web']!
    expect(service.taskDefinition).toMatch(/my-cluster-web:1$/)
    expect(service).toMatchObject({ schedulingStrategy: 'REPLICA', deployments: [{ rolloutState: 'COMPLETED' }] })
  })

  it('is not spoken of where nothing is deployed', async () => {
    const stage = await crashing()
    const { result } = await stage.deploy([fileOf('img:crash')], {}, { wait: false })
    expect(result.plan?.warnings.join()).not.toContain('has not completed')
  })

  it('is said to be none where the last revision that was successful is gone from AWS', async () => {
    const stage = await crashing()
    // ECS removes a deleted revision at a time of its own choosing.
    stage.region().taskDefinitions['my-cluster-web']!.shift()
    const { result } = await stage.deploy([fileOf('img:no-pull')], {}, { dryRun: true })
    expect(result.plan?.warnings).toEqual([
      notCompleted,
      'Service web last ran successfully my-cluster-web:1, which is no longer ACTIVE: if this fails, it cannot go back to it.',
    ])
  })

  it('goes to a copy of the last one that was successful where that is no longer ACTIVE', async () => {
    const withoutBreaker = '      deployment_configuration: { deployment_circuit_breaker: { enable: false } }\n'
    const stage = await crashing(withoutBreaker)
    stage.call('ecs', 'DeregisterTaskDefinition', { taskDefinition: 'my-cluster-web:1' })
    const { result } = await stage.deploy([fileOf('img:no-pull') + withoutBreaker])
    expect(result).toMatchObject({ exitCode: 1, left: [] })
    const { service } = stage.region().services['my-cluster/web']!
    expect(service.taskDefinition).toMatch(/my-cluster-web:4$/)
    expect(service).toMatchObject({ runningCount: 1, deployments: [{ rolloutState: 'COMPLETED' }] })
    expect(result.plan?.warnings.join()).toContain('Service web last ran successfully my-cluster-web:1, which is no')
  })
})

describe('the images of a stack', () => {
  const warningsOf = (events: readonly ToldEvent[]): string[] =>
    events.flatMap((event) => (event.type === 'warning.raised' ? event.text : []))
  const image = `${ecr}/web:v1`

  /** A stack whose image in ECR is deployed. */
  async function deployed() {
    const stage = clusterStage()
    stage.given(fileOf(image))
    const digest = push(stage, 'web', 'one', 'v1')
    await stage.deploy([fileOf(image)])
    return { ...stage, digest }
  }

  it('whose registry cannot be asked converge by name, and it says what to do where a tag was pushed again', async () => {
    const stage = clusterStage()
    stage.given(fileOf('img:v1'))
    await stage.deploy([fileOf('img:v1')])
    const { result, writes, events } = await stage.deploy([fileOf('img:v1')])
    expect([result.exitCode, writes]).toEqual([0, []])
    expect(warningsOf(events)).toEqual(['Compared by name: img:v1 of web. If a tag was pushed again, pass --redeploy.'])
  })

  it('that are what ECR has are left alone, without a word', async () => {
    const { deploy, diff } = await deployed()
    const { result, writes, events } = await deploy([fileOf(image)])
    expect([result.exitCode, writes, warningsOf(events)]).toEqual([0, [], []])
    expect(await diff(fileOf(image))).toEqual([])
  })

  it('of which ECR has another are a change: diff shows it, and it is deployed', async () => {
    const { deploy, diff, digest, ...stage } = await deployed()
    const now = push(stage, 'web', 'two', 'v1')
    const change = `image of web: ${image} is now ${digestWords(now)}, and ${digestWords(digest)} runs`
    expect(await diff(fileOf(image))).toEqual([`Update service web in my-cluster\n  ${change}`])
    const { result, writes } = await deploy([fileOf(image)])
    expect([result.exitCode, writes.map(({ operation }) => operation)]).toEqual([0, ['UpdateService']])
    expect(await diff(fileOf(image))).toEqual([])
  })

  it('are not asked about with --redeploy', async () => {
    const { deploy } = await deployed()
    const { requests, events } = await deploy([fileOf(image)], { redeploy: true })
    expect(requests.map(({ operation }) => operation)).not.toContain('BatchGetImage')
    expect(warningsOf(events)).toEqual([])
  })
})
