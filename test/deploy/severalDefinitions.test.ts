import { describe, expect, it } from 'vitest'
import { clusterArn, roleArn, web } from './declared.ts'
import { ofType, stage } from './support.ts'

const worker = web({
  taskDefinition: {
    family: 'worker',
    containerDefinitions: [{ name: 'worker', image: 'my_image:<image_tag>', memory: 256 }],
  },
  updateServices: [{ cluster: 'my_cluster', service: 'worker' }],
  runTasks: [{ cluster: 'my_cluster' }],
  eventTargets: [{ Rule: 'hourly', Targets: [{ Id: 'worker', Arn: clusterArn, RoleArn: roleArn, EcsParameters: {} }] }],
})

describe('several classes as one unit', () => {
  it('register every revision, then run every one-off task, then update every service and target', async () => {
    const { deploy, runs } = stage([web(), worker])
    const { exitCode, writes } = await deploy('v2')
    expect(exitCode).toBe(0)
    expect(writes.map(({ operation }) => operation)).toEqual([
      'RegisterTaskDefinition',
      'RegisterTaskDefinition',
      'RunTask',
      'RunTask',
      'UpdateService',
      'UpdateService',
      'PutTargets',
      'PutTargets',
    ])
    expect([runs('my_cluster/web'), runs('my_cluster/worker')]).toEqual(['web:2', 'worker:2'])
  })

  it('are all rolled back when one fails', async () => {
    const broken = web({
      ...worker,
      runTasks: [],
      taskDefinition: {
        family: 'worker',
        containerDefinitions: [{ name: 'worker', image: 'broken:no-pull', memory: 256 }],
      },
    })
    const { deploy, call, runs, active, targets, service } = stage([web(), broken])
    // Terraform made it with an image that starts.
    call('ecs', 'RegisterTaskDefinition', {
      ...broken.taskDefinition,
      containerDefinitions: [{ name: 'worker', image: 'ok', memory: 4 }],
    })
    call('ecs', 'UpdateService', {
      cluster: 'my_cluster',
      service: 'worker',
      taskDefinition: 'worker:2',
      desiredCount: 1,
    })
    const before = { web: targets('nightly'), worker: targets('hourly') }
    const { exitCode } = await deploy('v2')
    expect(exitCode).toBe(1)
    expect([runs('my_cluster/web'), runs('my_cluster/worker')]).toEqual(['web:1', 'worker:2'])
    expect([active('web'), active('worker')]).toEqual([['web:1'], ['worker:1', 'worker:2']])
    expect({ web: targets('nightly'), worker: targets('hourly') }).toEqual(before)
    expect(service('my_cluster/web').runningCount).toBe(2)
  })

  it('roll back together, or not at all', async () => {
    const { deploy, rollback, call, runs, world } = stage([web({ runTasks: [] }), { ...worker, runTasks: [] }])
    await deploy('v2')
    call('ecs', 'DeregisterTaskDefinition', { taskDefinition: 'worker:1' })
    const before = world()
    const refused = await rollback()
    expect(refused).toMatchObject({ exitCode: 2, writes: [] })
    expect(world()).toEqual(before)
    expect([runs('my_cluster/web'), runs('my_cluster/worker')]).toEqual(['web:2', 'worker:2'])
  })

  it('may not update the same service twice', async () => {
    const result = await stage([
      web(),
      { ...worker, updateServices: [{ cluster: 'my_cluster', service: 'web' }] },
    ]).deploy('v2')
    expect(result).toMatchObject({ exitCode: 2, writes: [], problem: { code: 'BadDefinition' } })
  })

  it('of one family register two revisions, and each service gets its own', async () => {
    const second = web({
      updateServices: [{ cluster: 'my_cluster', service: 'second' }],
      runTasks: [],
      eventTargets: [],
    })
    const { deploy, runs } = stage([web({ runTasks: [] }), second])
    await deploy('v2')
    expect([runs('my_cluster/web'), runs('my_cluster/second')]).toEqual(['web:2', 'web:3'])
  })
})

describe('notifications', () => {
  const topic = 'arn:aws:sns:us-east-1:123456789012:deploys'

  it('go to the topic after each call that is not excluded, as the Python original sends them', async () => {
    const { deploy, published } = stage(web({ snsNotificationTopicArn: topic }))
    const { exitCode } = await deploy('v2')
    expect(exitCode).toBe(0)
    const messages = published(topic).map(({ Message }) => JSON.parse(Message))
    expect(messages.map(({ client, method }) => `${client}.${method}`)).toEqual([
      'ecs.run_task',
      'ecs.update_service',
      'events.put_targets',
    ])
    expect(Object.keys(messages[0])).toEqual(['client', 'method', 'input', 'result'])
    expect(messages[1]).toMatchObject({
      input: { cluster: 'my_cluster', service: 'web', taskDefinition: expect.stringMatching(/web:2$/) },
      result: {
        service: { createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) },
        ResponseMetadata: { HTTPStatusCode: 200 },
      },
    })
  })

  it('that cannot be published are a warning, and the deploy succeeds', async () => {
    const { deploy, call } = stage(web({ snsNotificationTopicArn: topic }))
    call('sns', 'DeleteTopic', { TopicArn: topic })
    const { exitCode, events } = await deploy('v2')
    expect(exitCode).toBe(0)
    expect(ofType(events, 'warning.raised').map((event) => event.text)).toContainEqual(
      expect.stringContaining('No notification could be published'),
    )
  })

  it('never carry a secret', async () => {
    const containerDefinitions = [
      {
        name: 'web',
        image: 'i:<image_tag>',
        memory: 4,
        environment: [{ name: 'DB_PASSWORD', value: 'correct-horse' }],
        command: ['serve', '--pw=correct-horse'],
      },
    ]
    const { deploy, published, call } = stage(
      web({
        snsNotificationTopicArn: topic,
        notificationMethodBlacklistRegex: /^nothing/,
        taskDefinition: { family: 'web', containerDefinitions },
      }),
    )
    const { events, plan } = await deploy('v2')
    expect(
      call('ecs', 'DescribeTaskDefinition', { taskDefinition: 'web' }).taskDefinition.containerDefinitions[0]
        .environment[0].value,
    ).toBe('correct-horse')
    expect(published(topic).length).toBeGreaterThan(8)
    expect(JSON.stringify([published(topic), events, plan])).not.toContain('correct-horse')
  })
})
