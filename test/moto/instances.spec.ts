import {
  AutoScalingClient,
  CreateLaunchConfigurationCommand,
  SuspendProcessesCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling'
import { RunTaskCommand, StopTaskCommand } from '@aws-sdk/client-ecs'
import { describe, expect, test } from 'vitest'
import {
  agentsAct,
  containersNow,
  groupNow,
  imagesOf,
  makeGroup,
  makeSecondDefault,
  makeTemplate,
  removeGroup,
  renewTemplate,
} from './instances.ts'
import { type Run, useMoto } from './useMoto.ts'

const { moto, instances } = useMoto({ running: 0 })

const template = (Version?: string): object => ({ LaunchTemplate: { LaunchTemplateName: 'web', Version } })

const mixed = (InstanceType: string): object => ({
  MixedInstancesPolicy: {
    LaunchTemplate: {
      LaunchTemplateSpecification: { LaunchTemplateName: 'web', Version: '$Default' },
      Overrides: [{ InstanceType }],
    },
  },
})

async function makeConfiguration(): Promise<void> {
  await new AutoScalingClient(moto().settings).send(
    new CreateLaunchConfigurationCommand({
      LaunchConfigurationName: 'web-1',
      ImageId: 'ami-1',
      InstanceType: 't3.medium',
    }),
  )
}

async function expectRefreshed(run: Run, before: readonly string[]): Promise<void> {
  expect(run, JSON.stringify(run.problem)).toMatchObject({ outcome: 'succeeded', exitCode: 0, left: [] })
  await agentsAct(moto())
  const { desired, instances: now, tags } = await groupNow(moto())
  expect({ desired, tags, count: now.length }).toEqual({ desired: 2, tags: [], count: 2 })
  const ids = now.map(({ InstanceId = '' }) => InstanceId).toSorted()
  expect(ids.filter((id) => before.includes(id))).toEqual([])
  expect(await imagesOf(moto())).toEqual(new Map(ids.map((id) => [id, 'ami-2'])))
  const registered = await containersNow(moto())
  expect(new Map(registered.map(({ ec2InstanceId = '', status }) => [ec2InstanceId, status]))).toEqual(
    new Map(ids.map((id) => [id, 'ACTIVE'])),
  )
}

describe('the status of instances', () => {
  test('of a group with a launch configuration, a launch template and a mixed instances policy says what each would launch', async () => {
    await makeTemplate(moto())
    await makeConfiguration()
    const sources = [
      [{ LaunchConfigurationName: 'web-1' }, 'launch configuration web-1'],
      [template('$Latest'), 'launch template web, version 1'],
      [template('$Default'), 'launch template web, version 1'],
      [template('1'), 'launch template web, version 1'],
      [template(), 'launch template web, version 1'],
      [mixed('t3.medium'), 'launch template web, version 1 as t3.medium'],
    ] as const
    for (const [source, starts] of sources) {
      await makeGroup(moto(), source)
      const status = await instances.status()
      expect(status, starts).toMatchObject({
        state: 'current',
        groups: [{ group: 'asg', starts, desired: 2, maximum: 4 }],
      })
      expect(status.groups[0]!.instances).toMatchObject([
        { type: 't3.medium', lifecycleState: 'InService', status: 'ACTIVE', tasks: 0, outdated: undefined },
        { type: 't3.medium', lifecycleState: 'InService', status: 'ACTIVE', tasks: 0, outdated: undefined },
      ])
      await removeGroup(moto())
    }
  })

  test('tells $Latest from $Default, and a number from both', async () => {
    await makeTemplate(moto())
    await renewTemplate(moto(), 't3.medium')
    const expected = [
      ['$Latest', 'outdated'],
      ['$Default', 'current'],
      ['2', 'outdated'],
      ['1', 'current'],
    ] as const
    for (const [version, state] of expected) {
      await makeGroup(moto(), template(version))
      expect((await instances.status()).state, version).toBe(state)
      await removeGroup(moto())
    }
  })
})

describe('a refresh', () => {
  test.each([
    ['raises what it wants for a while', 4, 'setDesiredCapacity'],
    ['is at its maximum, and detaches', 2, 'detachInstances'],
  ] as const)('of a group with a launch template that %s replaces every instance', async (_way, MaxSize, method) => {
    await makeTemplate(moto())
    await makeGroup(moto(), template('$Latest'), { MaxSize })
    const before = (await groupNow(moto())).instances.map(({ InstanceId = '' }) => InstanceId)
    await renewTemplate(moto(), 't3.medium')
    const run = await instances.refresh()
    await expectRefreshed(run, before)
    expect(run.writes.filter((one) => one === method).length).toBeGreaterThan(1)
    await makeSecondDefault(moto())
    expect(await instances.status()).toMatchObject({ state: 'current', groups: [{ findings: [] }] })
    expect((await instances.refresh()).writes).toEqual([])
  })

  test('of a group with a mixed instances policy replaces the instances of a type that it no longer launches', async () => {
    await makeTemplate(moto())
    await makeGroup(moto(), mixed('t3.medium'))
    const before = (await groupNow(moto())).instances.map(({ InstanceId = '' }) => InstanceId)
    await renewTemplate(moto(), 'm5.large')
    await makeSecondDefault(moto())
    await new AutoScalingClient(moto().settings).send(
      new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: 'asg', ...mixed('m5.large') }),
    )
    await expectRefreshed(await instances.refresh({ batch: '2' }), before)
    expect(await instances.status()).toMatchObject({ state: 'current' })
  })

  test('is refused when a one-off task runs or a process is suspended, and both are reported', async () => {
    await makeTemplate(moto())
    await makeGroup(moto(), template('$Latest'))
    await agentsAct(moto())
    await renewTemplate(moto(), 't3.medium')
    await moto().describeToAdvance(1_000_000)
    await moto().ecs.send(new RunTaskCommand({ cluster: 'my_cluster', taskDefinition: 'web:1', launchType: 'EC2' }))
    await new AutoScalingClient(moto().settings).send(
      new SuspendProcessesCommand({ AutoScalingGroupName: 'asg', ScalingProcesses: ['Launch'] }),
    )
    const { exitCode, problem, writes } = await instances.refresh()
    expect({ exitCode, code: problem?.code, writes }).toEqual({ exitCode: 2, code: 'Hazard', writes: [] })
    expect(problem!.problems!.join('\n')).toMatch(/Launch is suspended[^]*belongs to no service/)
  })

  test('that does not drain in time rolls back its batch: the group has its former capacity, and the old instances take tasks', async () => {
    await makeTemplate(moto())
    await makeGroup(moto(), template('$Latest'))
    await agentsAct(moto())
    const before = (await groupNow(moto())).instances.map(({ InstanceId = '' }) => InstanceId)
    await renewTemplate(moto(), 't3.medium')
    await moto().describeToAdvance(1_000_000)
    // moto places no tasks of services; one that says it is of a service is not moved by moto, and would not drain.
    const started = { cluster: 'my_cluster', taskDefinition: 'web:1', launchType: 'EC2', group: 'service:web' } as const
    const { tasks } = await moto().ecs.send(new RunTaskCommand(started))
    const run = await instances.refresh({ batch: '2' }, { timeout: 60_000 })
    expect({ exitCode: run.exitCode, code: run.problem?.code, left: run.left }).toEqual({
      exitCode: 1,
      code: 'TimedOut',
      left: [],
    })
    await moto().ecs.send(new StopTaskCommand({ cluster: 'my_cluster', task: tasks![0]!.taskArn! }))
    await agentsAct(moto())
    const { desired, instances: now, tags } = await groupNow(moto())
    expect({ desired, tags }).toEqual({ desired: 2, tags: [] })
    expect(now.map(({ InstanceId = '' }) => InstanceId).toSorted()).toEqual(before.toSorted())
    expect((await containersNow(moto())).map(({ status }) => status)).toEqual(['ACTIVE', 'ACTIVE'])
  })
})
