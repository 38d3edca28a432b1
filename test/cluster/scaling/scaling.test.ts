import { describe, expect, it } from 'vitest'
import { stackText } from '../../../src/cluster/file/stackText.ts'
import { scaled } from '../stacks.ts'
import { clusterStage } from '../support.ts'
import { count, file, of, operations, setCount, withKeys, world } from './support.ts'

describe('a service that scales', () => {
  it('is created with as many tasks as it may have, and then registered with all that it scales by', () => {
    const stage = clusterStage({ world })
    expect(count(stage)).toBe(2)
    const { scalableTargets, scalingPolicies, scheduledActions } = stage.standing()
    expect(scalableTargets).toEqual({
      [of.ResourceId]: {
        MinCapacity: 2,
        MaxCapacity: 20,
        SuspendedState: {
          DynamicScalingInSuspended: false,
          DynamicScalingOutSuspended: false,
          ScheduledScalingSuspended: false,
        },
      },
    })
    const policy = (TargetValue: number, PredefinedMetricSpecification: object) => ({
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue,
        PredefinedMetricSpecification,
        ScaleInCooldown: 300,
        ScaleOutCooldown: 300,
      },
    })
    expect(scalingPolicies).toEqual({
      [`${of.ResourceId} ecs-task-cpu`]: policy(60, { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' }),
      [`${of.ResourceId} ecs-task-memory`]: policy(70, { PredefinedMetricType: 'ECSServiceAverageMemoryUtilization' }),
      [`${of.ResourceId} ecs-task-requests-per-target`]: policy(1000, {
        PredefinedMetricType: 'ALBRequestCountPerTarget',
        ResourceLabel: 'app/my-cluster-edge-lb/targetgroup/my-cluster-edge-tg',
      }),
    })
    const Timezone = 'Europe/Berlin'
    expect(scheduledActions).toEqual({
      [`${of.ResourceId} ecs-task-1`]: {
        Schedule: 'cron(0 7 * * ? *)',
        Timezone,
        ScalableTargetAction: { MinCapacity: 5, MaxCapacity: 20 },
      },
      [`${of.ResourceId} ecs-task-2`]: {
        Schedule: 'cron(0 20 * * ? *)',
        Timezone,
        ScalableTargetAction: { MinCapacity: 2 },
      },
    })
  })

  it('stays as it is when it is deployed again, and is described as the file says', async () => {
    const stage = clusterStage({ world })
    expect((await stage.deploy([file])).writes).toEqual([])
    expect(await stage.diff(file)).toEqual([])
    const described = await stage.describe()
    expect(described.services[0]?.autoScaling).toEqual(stage.stackOf(file).services[0]?.autoScaling)
    expect(stackText(described)).not.toContain('desired_count')
    expect((await stage.deploy([stackText(described)])).writes).toEqual([])
  })

  it('keeps the number of tasks that Application Auto Scaling has given it, in every deploy', async () => {
    const stage = clusterStage({ world })
    setCount(stage, 9)
    await stage.clock.sleep(120_000)
    expect(await stage.diff(withKeys({}, { desired_count: 4 }))).toEqual([])
    const { result, writes } = await stage.deploy([withKeys({}, { image: 'edge:v2', desired_count: 4 })])
    expect([result.exitCode, operations(writes)]).toEqual([0, ['RegisterTaskDefinition', 'UpdateService']])
    expect(writes[1]?.body).not.toContain('desiredCount')
    expect(count(stage)).toBe(9)
  })

  it.each<[string, object, string[]]>([
    [
      'the range, also that of its schedules',
      {
        min: 3,
        max: 30,
        scheduled: [
          { ...scaled.auto_scaling.scheduled[0], max: 30 },
          { ...scaled.auto_scaling.scheduled[1], min: 3 },
        ],
      },
      [
        'Change how far my-cluster/edge scales\n  auto_scaling.min: 2 → 3\n  auto_scaling.max: 20 → 30',
        'Set scheduled action ecs-task-1 of my-cluster/edge\n  auto_scaling.scheduled.1.max: 20 → 30',
        'Set scheduled action ecs-task-2 of my-cluster/edge\n  auto_scaling.scheduled.2.min: 2 → 3',
      ],
    ],
    ['a percentage', { cpu: 50 }, ['Set scaling policy ecs-task-cpu of my-cluster/edge\n  auto_scaling.cpu: 60 → 50']],
    [
      'a cooldown',
      { memory: undefined, requests_per_target: undefined, scale_in_cooldown: 600 },
      [
        'Set scaling policy ecs-task-cpu of my-cluster/edge\n  auto_scaling.scale_in_cooldown: 300 → 600',
        'Delete scaling policy ecs-task-memory of my-cluster/edge\n  auto_scaling.memory: 70 → nothing',
        'Delete scaling policy ecs-task-requests-per-target of my-cluster/edge\n  auto_scaling.requests_per_target: 1000 → nothing',
      ],
    ],
    [
      'the schedules',
      { scheduled: [{ schedule: 'cron(0 6 * * ? *)', min: 5 }] },
      [
        [
          'Set scheduled action ecs-task-1 of my-cluster/edge',
          'auto_scaling.scheduled.1.schedule: cron(0 7 * * ? *) → cron(0 6 * * ? *)',
          'auto_scaling.scheduled.1.timezone: Europe/Berlin → UTC',
          'auto_scaling.scheduled.1.max: 20 → nothing',
        ].join('\n  '),
        'Delete scheduled action ecs-task-2 of my-cluster/edge\n  auto_scaling.scheduled: cron(0 20 * * ? *) → nothing',
      ],
    ],
  ])('shows a change of %s member by member in a diff', async (_what, keys, differs) => {
    const stage = clusterStage({ world })
    expect(await stage.diff(withKeys(keys))).toEqual(differs)
  })
})
