import { describe, expect, it } from 'vitest'
import { clusterArn, roleArn, web } from './declared.ts'
import { ofType, stage } from './support.ts'

it('a listener that fails, also at its end, changes neither the deploy nor its exit code', async () => {
  const { deploy, runs } = stage(web())
  const failing = (): never => {
    throw new Error('nobody hears')
  }
  const result = await deploy('v2', {
    hear: failing,
    connect: () => [
      { hear: failing, close: failing },
      { hear() {}, close: () => Promise.reject(new Error('no end')) },
    ],
  })
  expect([result.exitCode, runs('my_cluster/web')]).toEqual([0, 'web:2'])
})

describe('a deploy that goes well', () => {
  it('registers, migrates, updates the service, sets the target, in that order, and ends 0', async () => {
    const { deploy, runs, active, targets, service } = stage(web())
    const result = await deploy('v2')
    expect(result.exitCode).toBe(0)
    expect(result.writes.map(({ operation }) => operation)).toEqual([
      'RegisterTaskDefinition',
      'RunTask',
      'UpdateService',
      'PutTargets',
    ])
    expect(runs('my_cluster/web')).toBe('web:2')
    expect(active('web')).toEqual(['web:1', 'web:2'])
    expect(targets('nightly')).toEqual([
      {
        Id: 'web',
        Arn: clusterArn,
        RoleArn: roleArn,
        EcsParameters: { TaskCount: 1, TaskDefinitionArn: expect.stringMatching(/task-definition\/web:2$/) },
      },
    ])
    expect(service('my_cluster/web').deployments).toMatchObject([
      { status: 'PRIMARY', rolloutState: 'COMPLETED', runningCount: 2 },
    ])
  })

  it('fills the tag into the revision and leaves the declared object alone', async () => {
    const declared = web()
    const { deploy, call } = stage(declared)
    await deploy('v2')
    expect(
      call('ecs', 'DescribeTaskDefinition', { taskDefinition: 'web' }).taskDefinition.containerDefinitions[0].image,
    ).toBe('my_image:v2')
    expect(declared).toEqual(web())
  })

  it('waits for the migration to stop before it touches the service', async () => {
    const { deploy, tasks } = stage(web())
    const { requests } = await deploy('v2')
    const migrated = tasks().find((task) => task.group === 'family:web')!
    expect(migrated.lastStatus).toBe('STOPPED')
    const updated = requests.find(({ operation }) => operation === 'UpdateService')!
    expect(updated.at).toBeGreaterThanOrEqual(migrated.stoppedAt * 1000)
  })

  it('ends only when the deployment that UpdateService answered has completed', async () => {
    const { deploy } = stage(web())
    const { events } = await deploy('v2')
    const seen = ofType(events, 'service.progressed')
    expect(seen.at(-1)).toMatchObject({ rolloutState: 'COMPLETED', running: 2, desired: 2, others: 0 })
    expect(new Set(seen.map((event) => event.deploymentId)).size).toBe(1)
    expect(ofType(events, 'run.finished')[0]!.milliseconds).toBeGreaterThan(40_000)
  })

  it('does not follow with --no-wait, but still waits for the migration', async () => {
    const { deploy, service, tasks } = stage(web())
    const { exitCode } = await deploy('v2', { wait: false })
    expect(exitCode).toBe(0)
    expect(service('my_cluster/web').deployments[0]).toMatchObject({ status: 'PRIMARY', rolloutState: 'IN_PROGRESS' })
    expect(tasks().find((task) => task.group === 'family:web')!.lastStatus).toBe('STOPPED')
  })

  it('never sends a desired count that is not declared', async () => {
    const { deploy, call, service } = stage(web())
    call('ecs', 'UpdateService', { cluster: 'my_cluster', service: 'web', desiredCount: 3 })
    const { writes } = await deploy('v2')
    expect(writes.find(({ operation }) => operation === 'UpdateService')!.input).not.toHaveProperty('desiredCount')
    expect(service('my_cluster/web')).toMatchObject({ desiredCount: 3, runningCount: 3 })
  })

  it('updates all services in parallel', async () => {
    const services = ['a', 'b', 'c', 'd'].map((service) => ({ cluster: 'my_cluster', service }))
    const { deploy, runs } = stage(web({ updateServices: services, runTasks: [] }))
    const { requests, exitCode } = await deploy('v2')
    expect(exitCode).toBe(0)
    const updates = requests.filter(({ operation }) => operation === 'UpdateService')
    expect(new Set(updates.map(({ at }) => at)).size).toBe(1)
    expect(services.map(({ service }) => runs(`my_cluster/${service}`))).toEqual(['web:2', 'web:2', 'web:2', 'web:2'])
  })

  it('describes up to ten services in one call', async () => {
    const services = Array.from({ length: 12 }, (_, index) => ({ cluster: 'my_cluster', service: `s${index}` }))
    const { deploy } = stage(web({ updateServices: services, runTasks: [], eventTargets: [] }))
    const { requests } = await deploy('v2')
    const looks = requests.filter(({ operation }) => operation === 'DescribeServices')
    const moments = [...new Set(looks.map(({ at }) => at))]
    for (const moment of moments) expect(looks.filter(({ at }) => at === moment).length).toBeLessThanOrEqual(2)
  })

  it('gives every target with EcsParameters the new revision and sends the others as declared', async () => {
    const Targets = [
      { Id: 'one', Arn: clusterArn, RoleArn: roleArn, EcsParameters: { TaskCount: 2 } },
      { Id: 'two', Arn: clusterArn, RoleArn: roleArn, EcsParameters: {}, Input: '{"containerOverrides":[]}' },
      { Id: 'queue', Arn: 'arn:aws:sqs:us-east-1:123456789012:queue' },
    ]
    const { deploy, targets } = stage(web({ eventTargets: [{ Rule: 'nightly', Targets }] }))
    await deploy('v2')
    const revision = expect.stringMatching(/web:2$/)
    expect(targets('nightly')).toEqual([
      { ...Targets[0], EcsParameters: { TaskCount: 2, TaskDefinitionArn: revision } },
      { ...Targets[1], EcsParameters: { TaskCount: 1, TaskDefinitionArn: revision } },
      Targets[2],
    ])
  })

  it('says what it does in events that JSON can hold', async () => {
    const { deploy } = stage(web())
    const { events } = await deploy('v2')
    expect(JSON.parse(JSON.stringify(events.map((event) => event.type)))).toEqual(events.map((event) => event.type))
    expect(ofType(events, 'step.finished').map((event) => event.id)).toEqual([
      'registerTaskDefinition web',
      'runTask Task/0',
      'updateService my_cluster/web',
      'putTargets default/nightly web',
    ])
    expect(ofType(events, 'run.finished')).toMatchObject([{ outcome: 'succeeded', exitCode: 0 }])
  })
})

describe('a dry run', () => {
  it('writes nothing, and its plan is what a run then does', async () => {
    const { deploy, world } = stage(web())
    const before = world()
    const planned = await deploy('v2', { dryRun: true })
    expect(planned.exitCode).toBe(0)
    expect(planned.writes).toEqual([])
    expect(world()).toEqual(before)
    const calls = planned.plan!.stages.flatMap((one) => one.steps.map((step) => step.call.method.toLowerCase()))
    const { writes } = await deploy('v2')
    expect(writes.map(({ operation }) => operation.toLowerCase())).toEqual(calls)
  })
})
