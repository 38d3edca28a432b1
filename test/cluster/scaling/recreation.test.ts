// A service that scales and has to be deleted and created again: AWS forgets with it how it scales.
import { describe, expect, it } from 'vitest'
import type { Unchecked } from '../../../src/local/world/wire.ts'
import { fileOf, scaled } from '../stacks.ts'
import { clusterStage, worldOf } from '../support.ts'
import {
  type Stage,
  count,
  denying,
  of,
  operations,
  scaling,
  setCount,
  tracking,
  withKeys,
  without,
  world,
} from './support.ts'

const onFargate = { launch_type: 'FARGATE', cpu: 256, memory: 512 } as const
const plain = (keys: object = {}): string => fileOf({ edge: { ...without(scaled), ...keys } })
const plainWorld = await worldOf(plain())
const isSuspended = {
  DynamicScalingInSuspended: true,
  DynamicScalingOutSuspended: false,
  ScheduledScalingSuspended: false,
}

/** What others set up for the service. */
function theirs(stage: Stage): void {
  scaling(stage, 'RegisterScalableTarget', { MinCapacity: 2, MaxCapacity: 9, SuspendedState: isSuspended })
  scaling(stage, 'PutScalingPolicy', { PolicyName: 'theirs', ...tracking(40) })
  scaling(stage, 'PutScheduledAction', {
    ScheduledActionName: 'night',
    Schedule: 'rate(1 day)',
    ScalableTargetAction: { MaxCapacity: 9 },
  })
}

/** How it scales; on Fargate it has another target group. */
function scales(stage: Stage): object {
  const { scalableTargets, scalingPolicies, scheduledActions } = stage.standing()
  const all = { scalableTargets, scalingPolicies, scheduledActions }
  return JSON.parse(JSON.stringify(all).replaceAll(/-tg-[0-9a-f]{8}/g, '-tg'))
}

describe('a service that scales and is created again', () => {
  it('goes on to scale as others have set it up, of which the file knows nothing', async () => {
    const stage = clusterStage({ world: plainWorld })
    theirs(stage)
    setCount(stage, 7)
    await stage.clock.sleep(120_000)
    const before = scales(stage)
    expect(await stage.diff(plain(onFargate))).toContainEqual(
      'Set scaling policy theirs of my-cluster/edge\n  is set again, for the new service',
    )
    const { result, writes } = await stage.deploy([plain(onFargate)], { replace: true })
    expect([result.exitCode, count(stage)]).toEqual([0, 7])
    expect(operations(writes)).toContain('DeleteService')
    expect(scales(stage)).toEqual(before)
    expect((await stage.deploy([plain(onFargate)])).writes).toEqual([])
  })

  it('goes on to scale as the file says, and as others have set it up beside that', async () => {
    const stage = clusterStage({ world })
    theirs(stage)
    scaling(stage, 'RegisterScalableTarget', { MinCapacity: 2, MaxCapacity: 20 })
    const before = scales(stage)
    const { result } = await stage.deploy([withKeys({}, onFargate)], { replace: true })
    expect(result).toMatchObject({ exitCode: 0, left: [] })
    expect(scales(stage)).toEqual(before)
    expect((await stage.deploy([withKeys({}, onFargate)])).writes).toEqual([])
  })

  it('scales no more as the file said before, and goes on to scale as others have set it up', async () => {
    const stage = clusterStage({ world })
    scaling(stage, 'PutScalingPolicy', { PolicyName: 'theirs', ...tracking(40) })
    const { result } = await stage.deploy([plain(onFargate)], { replace: true })
    expect(result).toMatchObject({ exitCode: 0, left: [] })
    expect(Object.keys(stage.standing()['scalingPolicies']!)).toEqual([`${of.ResourceId} theirs`])
    expect(stage.standing()['scheduledActions']).toEqual({})
    expect((await stage.deploy([plain(onFargate)])).writes).toEqual([])
  })

  it('says that a step scaling policy of others gets another ARN, which alarms call', async () => {
    const stage = clusterStage({ world: plainWorld })
    theirs(stage)
    const StepScalingPolicyConfiguration = {
      AdjustmentType: 'ChangeInCapacity',
      StepAdjustments: [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 1 }],
    }
    scaling(stage, 'PutScalingPolicy', {
      PolicyName: 'steps',
      PolicyType: 'StepScaling',
      StepScalingPolicyConfiguration,
    })
    const said =
      'Scaling policy steps of service edge gets another ARN with the service that is replaced; point its alarms to that one.'
    expect(await stage.warned(plain())).not.toContain(said)
    expect(await stage.warned(plain(onFargate))).toContain(said)
    const { result } = await stage.deploy([plain(onFargate)], { replace: true })
    expect(result).toMatchObject({ exitCode: 0, left: [] })
    expect(Object.keys(stage.standing()['scalingPolicies']!)).toContain(`${of.ResourceId} steps`)
  })

  describe('goes on to scale as others have set it up by the requests to its target group', () => {
    const suffix = (arn: string): string => arn.split(':').at(-1)!
    const label = (stage: Stage): string => {
      const [balancer] = Object.keys(stage.region().loadBalancers)
      const { loadBalancers } = stage.region().services['my-cluster/edge']!.service
      return `${balancer!.split('loadbalancer/')[1]}/${suffix(loadBalancers[0]!.targetGroupArn!)}`
    }
    const requests = (stage: Stage, PolicyName = 'theirs') =>
      scaling(stage, 'PutScalingPolicy', {
        PolicyName,
        PolicyType: 'TargetTrackingScaling',
        TargetTrackingScalingPolicyConfiguration: {
          TargetValue: 100,
          PredefinedMetricSpecification: {
            PredefinedMetricType: 'ALBRequestCountPerTarget',
            ResourceLabel: label(stage),
          },
        },
      })
    const labels = (stage: Stage): unknown[] =>
      Object.values(stage.region().scalingPolicies).flatMap(
        ({ TargetTrackingScalingPolicyConfiguration: tracked }) =>
          (tracked as Unchecked)?.PredefinedMetricSpecification.ResourceLabel ?? [],
      )

    it.each([
      ['a service that is replaced', plainWorld, plain(onFargate)],
      ['one that scales by the file too', world, withKeys({}, onFargate)],
      [
        'one whose load balancer becomes another in an update',
        plainWorld,
        plain({ elb: { ...scaled.elb, name: 'b' } }),
      ],
    ])('%s', async (_what, from, next) => {
      const stage = clusterStage({ world: from })
      if (from === plainWorld) scaling(stage, 'RegisterScalableTarget', { MinCapacity: 1, MaxCapacity: 9 })
      requests(stage)
      const before = label(stage)
      const { result } = await stage.deploy([next], { replace: true })
      expect(result).toMatchObject({ exitCode: 0, left: [] })
      expect(label(stage)).not.toBe(before)
      expect(new Set(labels(stage))).toEqual(new Set([label(stage)]))
    })

    it.each([
      ['a service that is replaced', plain({ ...onFargate, image: 'edge:crash' })],
      ['an update', plain({ image: 'edge:crash', elb: { ...scaled.elb, name: 'b' } })],
    ])('as before where %s fails', async (_what, next) => {
      const stage = clusterStage({ world: plainWorld })
      scaling(stage, 'RegisterScalableTarget', { MinCapacity: 1, MaxCapacity: 9 })
      requests(stage)
      const before = label(stage)
      const { result } = await stage.deploy([next], { replace: true })
      expect(result).toMatchObject({ exitCode: 1, left: [] })
      expect(labels(stage)).toEqual([before])
    })

    it('or names the policy where nobody knows the label of the requests', async () => {
      const stage = clusterStage({ world: plainWorld })
      scaling(stage, 'RegisterScalableTarget', { MinCapacity: 1, MaxCapacity: 9 })
      requests(stage)
      expect(await stage.warned(plain({ ...onFargate, elb: undefined }))).toContain(
        'Scaling policy theirs of service edge goes by a target group that the service leaves, and scales no more: set it again by hand.',
      )
      expect(await stage.warned(plain({ image: 'edge:v2' }))).not.toContainEqual(expect.stringContaining('leaves'))
    })
  })

  it('does not scale as a DAEMON, which is said', async () => {
    const stage = clusterStage({ world: plainWorld })
    theirs(stage)
    const daemon = plain({ scheduling_strategy: 'DAEMON' })
    const said =
      'Application Auto Scaling gives service edge 2 to 9 tasks. The file does not set it; it is lost with the service that is replaced, since a DAEMON does not scale.'
    expect(await stage.warned(daemon)).toContain(said)
    const { result, events } = await stage.deploy([daemon], { replace: true })
    expect(result).toMatchObject({ exitCode: 0, left: [] })
    expect(events).toContainEqual(expect.objectContaining({ type: 'warning.raised', text: said }))
    expect(scales(stage)).toEqual({ scalableTargets: {}, scalingPolicies: {}, scheduledActions: {} })
  })

  it('has as many tasks as the file says where it was a DAEMON before', async () => {
    const daemon = fileOf({ edge: { ...without(scaled), scheduling_strategy: 'DAEMON' } })
    const stage = clusterStage({ world: await worldOf(daemon) })
    const { result } = await stage.deploy([withKeys({}, { desired_count: 4 })], { replace: true })
    expect([result.exitCode, count(stage)]).toEqual([0, 4])
  })

  it.each<[string, object, string | undefined]>([
    ['the new one fails', { image: 'edge:crash' }, undefined],
    ['the run fails once it scales again', {}, 'deleteScheduledAction'],
  ])('scales as before where %s', async (_what, keys, denied) => {
    const stage = clusterStage({ world })
    theirs(stage)
    scaling(stage, 'RegisterScalableTarget', { MinCapacity: 2, MaxCapacity: 20 })
    await stage.clock.sleep(120_000)
    const before = scales(stage)
    const other = withKeys({ max: 30, cpu: 50, scheduled: [] }, { ...onFargate, ...keys })
    const transport = denied === undefined ? stage.transport : denying(stage, denied)
    const { result, writes } = await stage.deploy([other], { replace: true }, { transport })
    expect(result).toMatchObject({ exitCode: 1, outcome: 'restored', left: [] })
    expect(operations(writes)).toContain('DeleteService')
    expect(scales(stage)).toEqual(before)
  })
})
