import { describe, expect, it } from 'vitest'
import { scheduleGroupName, scheduleName } from '../../../src/cluster/ownership.ts'
import { stackText } from '../../../src/cluster/file/stackText.ts'
import { fileOf, nightly, user } from '../stacks.ts'
import { clusterStage } from '../support.ts'
import { file, group, once, operations, scheduleOf, schedules, setByHand, tasks, withKeys, world } from './support.ts'

describe('a task on a schedule', () => {
  it('is not run by the deploy; its schedule starts it', async () => {
    const stage = clusterStage()
    stage.given(file)
    const { result, writes } = await stage.deploy([file])
    expect([result.exitCode, operations(writes), tasks(stage)]).toEqual([
      0,
      ['CreateScheduleGroup', 'RegisterTaskDefinition', 'CreateSchedule'],
      0,
    ])
    expect(scheduleOf(stage)).toMatchObject({
      GroupName: group,
      Name: 'nightly',
      ScheduleExpression: 'cron(0 6 * * ? *)',
      ScheduleExpressionTimezone: 'Europe/Berlin',
      State: 'ENABLED',
      Target: {
        Arn: expect.stringMatching(/cluster\/my-cluster$/),
        RoleArn: nightly.schedule_role_arn,
        EcsParameters: {
          TaskDefinitionArn: expect.stringMatching(/my-cluster-nightly:1$/),
          TaskCount: 2,
          LaunchType: 'FARGATE',
          NetworkConfiguration: {
            awsvpcConfiguration: {
              Subnets: ['subnet-3', 'subnet-4'],
              SecurityGroups: ['sg-2'],
              AssignPublicIp: 'DISABLED',
            },
          },
        },
      },
    })
    // It is one hour later in Berlin.
    await stage.clock.sleep(5 * 3_600_000)
    expect(await stage.diff(file)).toEqual([])
    expect(tasks(stage)).toBe(2)
  })

  it('is as the file says after a deploy, and describe tells the same', async () => {
    const stage = clusterStage({ world })
    expect((await stage.deploy([file])).writes).toEqual([])
    expect(await stage.diff(file)).toEqual([])
    const described = await stage.describe()
    const { schedule, desiredCount } = stage.stackOf(file).services[0]!
    expect(described.services).toMatchObject([{ name: 'nightly', type: 'task', schedule, desiredCount }])
    expect((await stage.deploy([stackText(described)])).writes).toEqual([])
  })

  it('gets each change in place, and keeps what somebody has set by hand', async () => {
    const stage = clusterStage({ world })
    setByHand(stage, { State: 'DISABLED', FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 5 } })
    const other = withKeys({ image: 'nightly:v2', desired_count: 3, schedule: 'cron(0 7 * * ? *)' })
    expect(await stage.diff(other)).toEqual([
      expect.stringContaining('Register a new revision of my-cluster-nightly'),
      'Update schedule nightly in group ecs-task-my-cluster\n  schedule: cron(0 6 * * ? *) → cron(0 7 * * ? *)\n' +
        '  revision: my-cluster-nightly:1 → the new revision of my-cluster-nightly\n  desired_count: 2 → 3',
    ])
    const { result, writes } = await stage.deploy([other])
    expect([result.exitCode, operations(writes)]).toEqual([0, ['RegisterTaskDefinition', 'UpdateSchedule']])
    expect(scheduleOf(stage)).toMatchObject({
      State: 'DISABLED',
      FlexibleTimeWindow: { MaximumWindowInMinutes: 5 },
      Target: { EcsParameters: { TaskCount: 3, TaskDefinitionArn: expect.stringMatching(/:2$/) } },
    })
    expect(await stage.warned(other)).toEqual([
      'Schedule nightly is DISABLED. The file does not set it; it stays.',
      'Schedule nightly has a window of 5 minutes. The file does not set it; it stays.',
    ])
    expect(await stage.diff(other)).toEqual([])
  })

  it('is set back where somebody has changed by hand what the file says', async () => {
    const stage = clusterStage({ world })
    setByHand(stage, { ScheduleExpressionTimezone: 'UTC' })
    expect(await stage.diff(file)).toEqual([
      'Update schedule nightly in group ecs-task-my-cluster\n  schedule_timezone: UTC → Europe/Berlin',
    ])
    const { writes } = await stage.deploy([file])
    expect(operations(writes)).toEqual(['UpdateSchedule'])
    expect(stage.standing()).toEqual(clusterStage({ world }).standing())
  })

  it('loses its network with a change of its network mode', async () => {
    const stage = clusterStage()
    const bridge = fileOf({
      nightly: {
        ...nightly,
        launch_type: 'EC2',
        network_mode: 'bridge',
        placement_constraints: [{ type: 'distinctInstance' }],
      },
    })
    stage.given(file, bridge)
    await stage.deploy([file])
    expect((await stage.deploy([bridge])).result.exitCode).toBe(0)
    expect(scheduleOf(stage).Target.EcsParameters).toEqual({
      TaskDefinitionArn: expect.stringMatching(/:2$/),
      TaskCount: 2,
      LaunchType: 'EC2',
      PlacementConstraints: [{ type: 'distinctInstance' }],
    })
    expect((await stage.deploy([stackText(await stage.describe())])).writes).toEqual([])
    expect((await stage.deploy([bridge])).writes).toEqual([])
  })

  it('says in a dry run what it starts', async () => {
    const stage = clusterStage()
    stage.given(file)
    const { events } = await stage.deploy([file], {}, { dryRun: true })
    expect(JSON.stringify(events)).toContain(
      'cron(0 6 * * ? *) Europe/Berlin: 2 tasks in my-cluster on FARGATE; subnets subnet-3, subnet-4; security groups sg-2; role scheduler',
    )
  })

  it('that is taken off it needs --replace, and is then run once', async () => {
    const stage = clusterStage({ world })
    const refused = await stage.deploy([once])
    expect([refused.result.exitCode, refused.result.problem?.problems, refused.writes]).toEqual([
      2,
      ['nightly: delete its schedule, which is no longer in the stack.'],
      [],
    ])
    const { result, writes } = await stage.deploy([once], { replace: true })
    expect([result.exitCode, operations(writes)]).toEqual([
      0,
      ['RegisterTaskDefinition', 'RunTask', 'TagResource', 'DeleteSchedule', 'DeleteScheduleGroup'],
    ])
    expect([schedules(stage), stage.standing()['scheduleGroups']]).toEqual([[], {}])
    expect((await stage.deploy([once])).writes).toEqual([])
  })

  it('stays where the file no longer has it, and a diff names it', async () => {
    const stage = clusterStage({ world })
    const other = fileOf({ user })
    stage.given(other)
    expect((await stage.deploy([other])).result.exitCode).toBe(0)
    expect(schedules(stage)).toEqual([`${group}/nightly`])
    expect(await stage.warned(other)).toContain(
      'Task nightly has a schedule that was created for cluster my-cluster. The file does not set it; it stays.',
    )
  })

  it('is skipped by --update-only until there is one', async () => {
    const stage = clusterStage()
    stage.given(file)
    expect((await stage.deploy([file], { updateOnly: true })).writes).toEqual([])
  })
})

describe('destroying', () => {
  it.each([undefined, 'nightly'])('takes the schedule, its group and its revision (%s)', async (service) => {
    const stage = clusterStage({ world })
    const { result, writes, events } = await stage.destroy(service)
    expect([result.exitCode, operations(writes)]).toEqual([
      0,
      ['DeleteSchedule', 'DeleteScheduleGroup', 'DeregisterTaskDefinition'],
    ])
    expect(events.filter(({ type }) => type === 'warning.raised')).toEqual([])
    expect((await stage.destroy()).writes).toEqual([])
  })

  it('leaves what others have put into the group', async () => {
    const stage = clusterStage({ world })
    const { Arn, CreationDate, LastModificationDate, Description, ...one } = scheduleOf(stage)
    stage.call('scheduler', 'CreateSchedule', { ...one, Name: 'theirs' })
    const { result } = await stage.destroy()
    expect(result.exitCode).toBe(0)
    expect(schedules(stage)).toEqual([`${group}/theirs`])
  })
})

it('a group of others is refused, with the command that hands it over', async () => {
  const stage = clusterStage()
  stage.given(file)
  stage.call('scheduler', 'CreateScheduleGroup', { Name: group })
  const { result, writes } = await stage.deploy([file])
  expect([result.exitCode, writes]).toEqual([2, []])
  expect(result.problem?.problems).toEqual([
    expect.stringMatching(
      /^There is a schedule group ecs-task-my-cluster that was not created for this cluster. To adopt it: aws scheduler tag-resource /,
    ),
  ])
})

it('names are shortened with a hash where EventBridge Scheduler would refuse them', () => {
  expect(scheduleName('nightly')).toBe('nightly')
  const [one, other] = [scheduleName(`${'a'.repeat(70)}1`), scheduleName(`${'a'.repeat(70)}2`)]
  expect([one.length, one === other]).toEqual([64, false])
  expect(scheduleGroupName('c'.repeat(255))).toMatch(/^ecs-task-c+-[0-9a-f]{8}$/)
})
