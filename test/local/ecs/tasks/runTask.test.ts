import { beforeEach, describe, expect, it } from 'vitest'
import type { Unchecked } from '../../../../src/local/world/operation.ts'
import { start } from '../../support.ts'
import { fargate, network, refused, tasksAws } from './tasks.ts'

let { aws, describeOne, ecs, list, refusal, register, run } = tasksAws()
beforeEach(() => {
  ;({ aws, describeOne, ecs, list, refusal, register, run } = tasksAws())
})

describe('RunTask', () => {
  it('starts one task by default, PENDING and without exit code', () => {
    const { tasks, failures } = run()
    expect(failures).toEqual([])
    expect(tasks).toHaveLength(1)
    expect(tasks[0]).toMatchObject({
      clusterArn: 'arn:aws:ecs:us-east-1:123456789012:cluster/main',
      taskDefinitionArn: 'arn:aws:ecs:us-east-1:123456789012:task-definition/web:1',
      taskArn: expect.stringMatching(/^arn:aws:ecs:us-east-1:123456789012:task\/main\/[0-9a-f]{32}$/),
      lastStatus: 'PENDING',
      desiredStatus: 'RUNNING',
      launchType: 'EC2',
      group: 'family:web',
      createdAt: start / 1000,
      containers: [{ name: 'web', image: 'app:v1', lastStatus: 'PENDING', taskArn: tasks[0].taskArn }],
    })
    expect(tasks[0].containers[0]).not.toHaveProperty('exitCode')
    expect(describeOne(tasks[0].taskArn)).toEqual(tasks[0])
  })

  it('starts the requested count, each with its own ARN', () => {
    const { tasks } = run('web', { count: 10 })
    expect(new Set(tasks.map(({ taskArn }: Unchecked) => taskArn)).size).toBe(10)
    expect(list()).toEqual(tasks.map(({ taskArn }: Unchecked) => taskArn))
  })

  it('keeps who started it, its group and its overrides', () => {
    const overrides = {
      containerOverrides: [{ name: 'web', command: ['./manage.py', 'migrate'] }],
      taskRoleArn: 'arn:aws:iam::123456789012:role/web',
    }
    const { tasks } = run('web', { startedBy: 'ci/run-1', group: 'migrations', overrides, enableExecuteCommand: true })
    expect(tasks[0]).toMatchObject({
      startedBy: 'ci/run-1',
      group: 'migrations',
      overrides,
      enableExecuteCommand: true,
    })
  })

  it('shows an override of every container, in the order of the task definition', () => {
    const containerDefinitions = ['web', 'proxy'].map((name) => ({ name, image: 'app:v1', memory: 64 }))
    register('two', 'app:v1', { containerDefinitions })
    const environment = [{ name: 'A', value: 'b' }]
    const overrides = { containerOverrides: [{ name: 'proxy', environment }], cpu: '256' }
    expect(run('two', { overrides }).tasks[0].overrides).toEqual({
      containerOverrides: [{ name: 'web' }, { name: 'proxy', environment }],
      inferenceAcceleratorOverrides: [],
      cpu: '256',
    })
    expect(run('two').tasks[0].overrides.containerOverrides).toEqual([{ name: 'web' }, { name: 'proxy' }])
  })

  it.each([
    ['x86_64', {}],
    ['arm64', { runtimePlatform: { cpuArchitecture: 'ARM64', operatingSystemFamily: 'LINUX' } }],
  ])('shows the architecture that a task runs on: %s', (value, more) => {
    register('web', 'app:v1', more)
    expect(run('web').tasks[0].attributes).toEqual([{ name: 'ecs.cpu-architecture', value }])
  })

  it.each<[number, Unchecked, Unchecked]>([
    [20, {}, {}],
    [50, { ephemeralStorage: { sizeInGiB: 50 } }, {}],
    [30, { ephemeralStorage: { sizeInGiB: 50 } }, { overrides: { ephemeralStorage: { sizeInGiB: 30 } } }],
  ])('shows %i GiB of storage on Fargate', (sizeInGiB, definition, more) => {
    register('fargate', 'app:v1', { ...fargate, ...definition })
    expect(run('fargate', { ...network, launchType: 'FARGATE', ...more }).tasks[0]).toMatchObject({
      ephemeralStorage: { sizeInGiB },
      fargateEphemeralStorage: { sizeInGiB },
    })
    expect(run('web').tasks[0]).not.toHaveProperty('ephemeralStorage')
  })

  it('takes the newest active revision of a family, or the one that is named', () => {
    register('web', 'app:v2')
    const arn = 'arn:aws:ecs:us-east-1:123456789012:task-definition/web:1'
    const images = ['web', 'web:1', arn].map((revision) => run(revision).tasks[0].containers[0].image)
    expect(images).toEqual(['app:v2', 'app:v1', 'app:v1'])
  })

  it('uses the cluster named default when none is named', () => {
    expect(refusal('runTask', { taskDefinition: 'web' })).toMatchObject({ code: 'ClusterNotFoundException' })
    ecs('createCluster')
    expect(ecs('runTask', { taskDefinition: 'web' }).tasks[0].clusterArn).toMatch(/cluster\/default$/)
  })

  it('refuses an unknown cluster, task definition or revision', () => {
    expect(refusal('runTask', { cluster: 'other', taskDefinition: 'web' })).toEqual(
      refused('ClusterNotFoundException', 'Cluster not found.'),
    )
    for (const taskDefinition of ['other', 'web:2', 'constructor']) {
      expect(refusal('runTask', { cluster: 'main', taskDefinition })).toEqual(
        refused('ClientException', 'TaskDefinition not found.'),
      )
    }
  })

  it('refuses a deregistered revision, by another code than UpdateService does', () => {
    ecs('deregisterTaskDefinition', { taskDefinition: 'web:1' })
    expect(refusal('runTask', { cluster: 'main', taskDefinition: 'web:1' })).toEqual(
      refused('InvalidParameterException', 'TaskDefinition is inactive'),
    )
  })

  it.each([
    ['no task', { count: 0 }],
    ['eleven tasks', { count: 11 }],
    ['startedBy of 129 characters', { startedBy: 'x'.repeat(129) }],
    ['tags from a service', { propagateTags: 'SERVICE' }],
    ['a client token of 65 characters', { clientToken: 'x'.repeat(65) }],
    [
      'a launch type beside a capacity provider',
      { launchType: 'EC2', capacityProviderStrategy: [{ capacityProvider: 'x' }] },
    ],
    [
      'overrides of more than 8192 characters',
      { overrides: { containerOverrides: [{ name: 'web', command: ['x'.repeat(8192)] }] } },
    ],
    ['an override of a container that is not there', { overrides: { containerOverrides: [{ name: 'wbe' }] } }],
    ['a network configuration without awsvpc', network],
    ['Fargate for a revision that is not made for it', { launchType: 'FARGATE' }],
  ])('refuses %s and starts nothing', (_, more) => {
    expect(refusal('runTask', { cluster: 'main', taskDefinition: 'web', ...more }).code).toBe(
      'InvalidParameterException',
    )
    expect(aws.region.tasks).toEqual({})
  })

  it('checks only the length of startedBy, which a deploy tool sends with a blank', () => {
    expect(run('web', { startedBy: 'ECS Deploy' }).tasks).toMatchObject([{ startedBy: 'ECS Deploy' }])
  })

  it('accepts values at the limits', () => {
    expect(run('web', { startedBy: 'x'.repeat(128), clientToken: 'x'.repeat(64) }).tasks).toHaveLength(1)
    const empty = JSON.stringify({ containerOverrides: [{ name: 'web', command: [''] }] }).length
    const overrides = { containerOverrides: [{ name: 'web', command: ['x'.repeat(8192 - empty)] }] }
    expect(run('web', { overrides }).tasks).toHaveLength(1)
  })

  it('names the container that an override misses', () => {
    const input = { cluster: 'main', taskDefinition: 'web', overrides: { containerOverrides: [{ name: 'wbe' }] } }
    const message = 'Override for container named wbe is not a container in the TaskDefinition.'
    expect(refusal('runTask', input)).toEqual(refused('InvalidParameterException', message))
  })

  it('requires a network configuration for awsvpc and a compatible revision for Fargate', () => {
    register('vpc', 'app:v1', { networkMode: 'awsvpc' })
    const message = "Network Configuration must be provided when networkMode 'awsvpc' is specified."
    expect(refusal('runTask', { cluster: 'main', taskDefinition: 'vpc' })).toEqual(
      refused('InvalidParameterException', message),
    )
    const unsupported = 'Task definition does not support launch_type FARGATE.'
    expect(refusal('runTask', { cluster: 'main', taskDefinition: 'web', launchType: 'FARGATE' })).toEqual(
      refused('InvalidParameterException', unsupported),
    )
    const provider = { capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT' }] }
    expect(refusal('runTask', { cluster: 'main', taskDefinition: 'web', ...provider })).toEqual(
      refused('InvalidParameterException', unsupported),
    )
  })

  it('runs on Fargate, by launch type or by capacity provider', () => {
    register('spot', 'app:v1', fargate)
    const [task] = run('spot', { launchType: 'FARGATE', ...network }).tasks
    expect(task).toMatchObject({ lastStatus: 'PROVISIONING', launchType: 'FARGATE', cpu: '256', memory: '512' })
    expect(task).not.toHaveProperty('capacityProviderName')
    expect(task.attachments[0].details).toEqual([{ name: 'subnetId', value: 'subnet-1' }])
    const [spot] = run('spot', { capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT' }], ...network }).tasks
    expect(spot).toMatchObject({ launchType: 'FARGATE', capacityProviderName: 'FARGATE_SPOT' })
  })

  it('returns a failure, not an error, for a task that cannot be placed', () => {
    register('big', 'app:no-place')
    const { tasks, failures } = run('big', { clientToken: 'once' })
    expect(tasks).toEqual([])
    expect(failures).toEqual([{ arn: expect.stringContaining(':container-instance/main/'), reason: 'RESOURCE:MEMORY' }])
    expect([aws.region.tasks, aws.region.runTaskTokens]).toEqual([{}, {}])
  })

  it('sets the requested tags, those of the revision and AWS’s own on the task', () => {
    register('tagged', 'app:v1', {
      tags: [
        { key: 'team', value: 'a' },
        { key: 'app', value: 'web' },
      ],
    })
    const tags = [{ key: 'team', value: 'b' }]
    const asked = [{}, { tags }, { tags, propagateTags: 'TASK_DEFINITION' }, { enableECSManagedTags: true }]
    expect(asked.map((more) => run('tagged', more).tasks[0].tags)).toEqual([
      [],
      tags,
      [...tags, { key: 'app', value: 'web' }],
      [{ key: 'aws:ecs:clusterName', value: 'main' }],
    ])
  })

  it('gives every task its own tags', () => {
    const [one, two] = run('web', { count: 2, tags: [{ key: 'team', value: 'a' }] }).tasks
    ecs('tagResource', { resourceArn: one.taskArn, tags: [{ key: 'team', value: 'b' }] })
    const tags = [one, two].map(({ taskArn }) => describeOne(taskArn, { include: ['TAGS'] }).tags)
    expect(tags).toEqual([[{ key: 'team', value: 'b' }], [{ key: 'team', value: 'a' }]])
  })
})
