import { describe, expect, it } from 'vitest'
import { read } from '../../src/definition/read.ts'
import { clusterArn, roleArn, web } from './declared.ts'
import { stage } from './support.ts'

// Each title is a fault of the Python original, and each test would fail on it.
describe('the Python original', () => {
  it('updates services while the migration still runs; here the migration has stopped by then', async () => {
    const { deploy, tasks } = stage(web())
    const { requests } = await deploy('slow-30s')
    const migration = tasks().find((task) => task.group === 'family:web')!
    expect(requests.find(({ operation }) => operation === 'UpdateService')!.at).toBeGreaterThanOrEqual(
      migration.stoppedAt * 1000,
    )
  })

  it('does not notice a migration that exits 1; here the deploy ends 1', async () => {
    expect((await stage(web()).deploy('exit-1')).exitCode).toBe(1)
  })

  it('ignores failures[] unless no task was started at all; here each one is a failure', async () => {
    const { deploy, runs } = stage(web({ runTasks: [{ cluster: 'my_cluster', count: 2 }] }), { placeOneLess: true })
    expect((await deploy('v2')).exitCode).toBe(1)
    expect(runs('my_cluster/web')).toBe('web:1')
  })

  it('gives only the first target the new revision; here each gets it', async () => {
    const Targets = ['a', 'b', 'c'].map((Id) => ({ Id, Arn: clusterArn, RoleArn: roleArn, EcsParameters: {} }))
    const { deploy, targets } = stage(web({ runTasks: [], eventTargets: [{ Rule: 'nightly', Targets }] }))
    await deploy('v2')
    expect(targets('nightly').map((target) => target.EcsParameters.TaskDefinitionArn.split('/')[1])).toEqual([
      'web:2',
      'web:2',
      'web:2',
    ])
  })

  it('removes what Terraform has set on a target; here it stays', async () => {
    const { deploy, call, targets } = stage(web({ runTasks: [] }))
    const EcsParameters = {
      TaskCount: 2,
      LaunchType: 'EC2',
      TaskDefinitionArn: 'arn:aws:ecs:us-east-1:123456789012:task-definition/web:1',
    }
    const made = { Id: 'web', Arn: clusterArn, RoleArn: roleArn, Input: '{}', EcsParameters }
    call('events', 'PutTargets', { Rule: 'nightly', Targets: [made] })
    await deploy('v2')
    const TaskDefinitionArn = EcsParameters.TaskDefinitionArn.replace('web:1', 'web:2')
    expect(targets('nightly')).toEqual([{ ...made, EcsParameters: { ...EcsParameters, TaskDefinitionArn } }])
  })

  it('ignores FailedEntryCount; here it ends the deploy', async () => {
    const FailedEntries = [{ TargetId: 'web', ErrorCode: 'InternalException', ErrorMessage: 'oops' }]
    const { deploy, runs } = stage(web({ runTasks: [] }), {
      meddle: ({ operation }) =>
        operation === 'PutTargets' ? { status: 200, body: { FailedEntryCount: 1, FailedEntries } } : undefined,
    })
    expect(await deploy('v2')).toMatchObject({ exitCode: 1, problem: { code: 'TargetsFailed' } })
    expect(runs('my_cluster/web')).toBe('web:1')
  })

  it('reads one page of revisions and trusts their order; here all are read and sorted', async () => {
    const arn = (revision: number): string => `arn:aws:ecs:us-east-1:123456789012:task-definition/web:${revision}`
    const pages: Record<string, object> = {
      first: { taskDefinitionArns: [arn(9), arn(10)], nextToken: 'more' },
      more: { taskDefinitionArns: [arn(100), arn(99)] },
    }
    const { rollback } = stage(web({ runTasks: [] }), {
      meddle: ({ operation, input }) =>
        operation === 'ListTaskDefinitions'
          ? { status: 200, body: pages[input.nextToken ?? 'first'] as never }
          : undefined,
    })
    const { plan } = await rollback({ dryRun: true })
    expect(plan!.title).toBe('Roll Task back to web:99')
  })

  it('deregisters the newest revision before anything points elsewhere; here it does so last', async () => {
    const { deploy, rollback } = stage(web({ runTasks: [] }))
    await deploy('v2')
    expect((await rollback()).writes.at(-1)!.operation).toBe('DeregisterTaskDefinition')
  })

  it('crashes on a family with one revision after having deregistered it; here nothing is written', async () => {
    const { rollback, active } = stage(web())
    expect(await rollback()).toMatchObject({ exitCode: 2, writes: [] })
    expect(active('web')).toEqual(['web:1'])
  })

  it('breaks on any other brace in an image; here it stays', () => {
    const containerDefinitions = [
      {
        name: 'w',
        image: 'i:{image_tag}',
        memory: 4,
        environment: [{ name: 'FORMAT', value: '{"a": {b}} {0} {image_tag}' }],
      },
    ]
    const { deploy, call } = stage(web({ runTasks: [], taskDefinition: { family: 'web', containerDefinitions } }))
    return deploy('v2').then(() => {
      const [container] = call('ecs', 'DescribeTaskDefinition', { taskDefinition: 'web' }).taskDefinition
        .containerDefinitions
      expect(container).toMatchObject({ image: 'i:v2', environment: [{ value: '{"a": {b}} {0} v2' }] })
    })
  })

  it('edits the class in place, so that a second deploy ships the first tag; here it ships its own', async () => {
    const { deploy, call } = stage(web({ runTasks: [] }))
    await deploy('v1')
    await deploy('v2')
    expect(
      call('ecs', 'DescribeTaskDefinition', { taskDefinition: 'web' }).taskDefinition.containerDefinitions[0].image,
    ).toBe('my_image:v2')
  })

  it('breaks two classes that share one dictionary; here each reads its own copy', () => {
    const shared = web()
    const one = read(shared, 'One').definition
    expect(read(shared, 'Two').definition.taskDefinition).toEqual(one.taskDefinition)
    expect(one.taskDefinition).not.toBe(shared.taskDefinition)
  })

  it('publishes dates as null; here they are ISO dates', async () => {
    const topic = 'arn:aws:sns:us-east-1:123456789012:deploys'
    const { deploy, published } = stage(web({ snsNotificationTopicArn: topic }))
    await deploy('v2')
    const message = JSON.parse(published(topic)[1]!.Message)
    expect(message.result.service.deployments[0].createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  })

  it('prunes a revision that a service or a target still uses; here it is spared', async () => {
    const { deploy, call, active } = stage(web({ runTasks: [], activeTaskCount: 1 }))
    call('ecs', 'CreateService', {
      cluster: 'my_cluster',
      serviceName: 'other',
      taskDefinition: 'web:1',
      desiredCount: 0,
    })
    await deploy('v2')
    expect(active('web')).toContain('web:1')
  })

  it('follows no rollout; here one that fails is rolled back and ends 1', async () => {
    const { deploy, runs } = stage(web({ runTasks: [] }))
    expect((await deploy('crash')).exitCode).toBe(1)
    expect(runs('my_cluster/web')).toBe('web:1')
  })
})
