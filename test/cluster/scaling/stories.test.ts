import { describe, expect, it } from 'vitest'
import { fileOf, scaled } from '../stacks.ts'
import { clusterStage } from '../support.ts'
import {
  type Stage,
  count,
  denying,
  file,
  names,
  of,
  operations,
  scaling,
  setCount,
  tracking,
  withKeys,
  without,
  world,
} from './support.ts'

describe('a service that scales', () => {
  it('keeps it also where the service has to be created again', async () => {
    const stage = clusterStage({ world })
    setCount(stage, 9)
    await stage.clock.sleep(120_000)
    const onFargate = { launch_type: 'FARGATE', cpu: 256, memory: 512 }
    const { result, writes } = await stage.deploy([withKeys({}, onFargate)], { replace: true })
    expect([result.exitCode, count(stage)]).toEqual([0, 9])
    expect(operations(writes)).toContain('DeleteService')
    // AWS may have forgotten how it scales.
    expect(operations(writes).filter((one) => /^(Register|Put)S/.test(one))).toHaveLength(6)
    expect((await stage.deploy([withKeys({}, onFargate)])).writes).toEqual([])
  })

  it('is created with as many tasks as desired_count says', async () => {
    const stage = clusterStage()
    stage.given(file)
    await stage.deploy([withKeys({}, { desired_count: 4 })])
    expect(count(stage)).toBe(4)
  })

  it.each<[string, object, number]>([
    ['the range', { min: 3, max: 30, scheduled: [] }, 3],
    ['a metric and a cooldown', { memory: undefined, requests_per_target: undefined, scale_in_cooldown: 600 }, 3],
    ['the schedules', { scheduled: [{ schedule: 'cron(0 6 * * ? *)', min: 5 }] }, 2],
  ])('gets a change of %s, with no other write', async (_what, keys, writesMade) => {
    const stage = clusterStage({ world })
    const other = withKeys(keys)
    const { result, writes } = await stage.deploy([other])
    expect([result.exitCode, writes.length]).toEqual([0, writesMade])
    expect(await stage.diff(other)).toEqual([])
    expect((await stage.describe()).services[0]?.autoScaling).toEqual(stage.stackOf(other).services[0]?.autoScaling)
  })

  it('keeps the range that a scheduled action has set, and says so', async () => {
    const stage = clusterStage({ world })
    await stage.clock.sleep(7 * 3_600_000)
    const { writes } = await stage.deploy([file])
    expect([writes, count(stage)]).toEqual([[], 5])
    expect(await stage.diff(file)).toEqual([])
    expect(await stage.warned(file)).toContain(
      'A scheduled action has set auto_scaling.min: 2 → 5 of service edge; it stays.',
    )
    await stage.clock.sleep(13 * 3_600_000)
    expect(
      (await stage.deploy([withKeys({ max: 30, scheduled: [scaled.auto_scaling.scheduled[1]] })])).writes.length,
    ).toBe(3)
    expect(stage.standing()['scalableTargets']).toMatchObject({ [of.ResourceId]: { MinCapacity: 2, MaxCapacity: 30 } })
  })

  it('gets the whole range of the file where a part of it would be none beside what a scheduled action has set', async () => {
    const stage = clusterStage({ world })
    const night = { schedule: 'cron(0 20 * * ? *)', max: 3 }
    await stage.deploy([withKeys({ scheduled: [night] })])
    await stage.clock.sleep(21 * 3_600_000)
    const higher = withKeys({ min: 8, scheduled: [night] })
    expect(await stage.diff(higher)).toEqual([
      'Change how far my-cluster/edge scales\n  auto_scaling.min: 2 → 8\n  auto_scaling.max: 3 → 20',
    ])
    expect((await stage.deploy([higher])).result.exitCode).toBe(0)
  })

  it('goes back to all of it when the deploy fails after that', async () => {
    const stage = clusterStage({ world })
    const before = stage.standing()
    const other = withKeys({ max: 30, cpu: 50, memory: undefined, scheduled: [{ schedule: 'rate(1 day)', max: 7 }] })
    const { result, writes } = await stage.deploy([other], {}, { transport: denying(stage, 'deleteScheduledAction') })
    expect(result).toMatchObject({ exitCode: 1, outcome: 'restored', left: [] })
    expect(writes.length).toBeGreaterThan(6)
    expect(stage.standing()).toEqual(before)
  })
})

describe('a service that the file no longer lets scale', () => {
  const plain = fileOf({ edge: without(scaled) })

  it('needs --replace, and then has the number of tasks that the file says', async () => {
    const stage = clusterStage({ world })
    setCount(stage, 9)
    await stage.clock.sleep(120_000)
    const refused = await stage.deploy([plain])
    expect([refused.result.exitCode, refused.result.problem?.problems, refused.writes]).toEqual([
      2,
      ['edge: deregister my-cluster/edge from auto scaling, which is no longer in the stack.'],
      [],
    ])
    const { result, writes } = await stage.deploy([plain], { replace: true })
    expect([result.exitCode, operations(writes)]).toEqual([0, ['UpdateService', 'DeregisterScalableTarget']])
    expect([count(stage), names(stage)]).toEqual([1, []])
    expect((await stage.deploy([plain])).writes).toEqual([])
  })

  it('keeps what others have set up, and the number of tasks', async () => {
    const stage = clusterStage({ world })
    scaling(stage, 'PutScalingPolicy', { PolicyName: 'theirs', ...tracking(40) })
    setCount(stage, 9)
    await stage.clock.sleep(120_000)
    const { result, writes } = await stage.deploy([plain], { replace: true })
    expect([result.exitCode, new Set(operations(writes))]).toEqual([
      0,
      new Set(['DeleteScalingPolicy', 'DeleteScheduledAction']),
    ])
    expect([count(stage), names(stage)]).toEqual([9, [of.ResourceId, `${of.ResourceId} theirs`]])
    expect((await stage.deploy([plain])).writes).toEqual([])
  })
})

describe('auto scaling that others have set up', () => {
  it('stays beside that of the file, and is named', async () => {
    const stage = clusterStage({ world })
    scaling(stage, 'PutScalingPolicy', { PolicyName: 'theirs', ...tracking(40) })
    const one = await stage.deploy([file])
    expect(one.events).toContainEqual(
      expect.objectContaining({
        type: 'warning.raised',
        text: 'Auto scaling of service edge also has policy theirs, which stays.',
      }),
    )
    const ScalableTargetAction = { MinCapacity: 4 }
    scaling(stage, 'PutScheduledAction', {
      ScheduledActionName: 'night',
      Schedule: 'rate(1 day)',
      ScalableTargetAction,
    })
    const { writes, events } = await stage.deploy([file])
    expect(writes).toEqual([])
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'warning.raised',
        text: 'Auto scaling of service edge also has policy theirs, scheduled action night, which stay.',
      }),
    )
  })

  it('decides how many tasks a service has, also where the file knows nothing of it', async () => {
    const plain = fileOf({ edge: without(scaled) })
    const stage = clusterStage()
    stage.given(plain)
    await stage.deploy([plain])
    scaling(stage, 'RegisterScalableTarget', { MinCapacity: 2, MaxCapacity: 9 })
    setCount(stage, 7)
    await stage.clock.sleep(120_000)
    expect((await stage.deploy([plain])).writes).toEqual([])
    expect(await stage.warned(plain)).toContain(
      'Application Auto Scaling gives service edge 2 to 9 tasks, which the file does not set. Its desired count is left alone.',
    )
    expect(count(stage)).toBe(7)
  })

  it('is named in a diff where somebody has changed by hand what no key says, and stays', async () => {
    const stage = clusterStage({ world })
    scaling(stage, 'RegisterScalableTarget', { SuspendedState: { DynamicScalingInSuspended: true } })
    const { TargetTrackingScalingPolicyConfiguration } = tracking(50)
    scaling(stage, 'PutScalingPolicy', {
      PolicyName: 'ecs-task-cpu',
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingScalingPolicyConfiguration: { ...TargetTrackingScalingPolicyConfiguration, DisableScaleIn: true },
    })
    expect(await stage.diff(file)).toEqual([
      'Set scaling policy ecs-task-cpu of my-cluster/edge\n  auto_scaling.cpu: 50 → 60',
    ])
    expect(await stage.warned(file)).toEqual([
      'Compared by name: edge:v1 of edge. If a tag was pushed again, pass --redeploy.',
      'Auto scaling of service edge has scaling in suspended. The file does not set it; it stays.',
      'Policy ecs-task-cpu of service edge never scales in. The file does not set it; it stays.',
    ])
    await stage.deploy([withKeys({ min: 3, scheduled: [] })])
    expect(stage.standing()['scalableTargets']).toMatchObject({
      [of.ResourceId]: { MinCapacity: 3, SuspendedState: { DynamicScalingInSuspended: true } },
    })
    expect(stage.standing()['scalingPolicies']).toMatchObject({
      [`${of.ResourceId} ecs-task-cpu`]: { TargetTrackingScalingPolicyConfiguration: { DisableScaleIn: true } },
    })
  })

  it.each([
    ['cluster', (stage: Stage) => stage.destroy()],
    ['service', (stage: Stage) => stage.destroy('edge')],
  ])('goes before the service when the %s is destroyed', async (_what, destroy) => {
    const stage = clusterStage({ world })
    scaling(stage, 'PutScalingPolicy', { PolicyName: 'theirs', ...tracking(40) })
    const { result, writes } = await destroy(stage)
    expect(result).toMatchObject({ exitCode: 0, left: [] })
    expect(operations(writes)[0]).toBe('DeregisterScalableTarget')
    expect(operations(writes)).toContain('DeleteService')
    expect(names(stage)).toEqual([])
  })
})

describe('a load balancer of others', () => {
  const elb = (target: string) => ({
    target_group_arn: target,
    ports: { container: 8080 },
  })

  function behindOthers(Type: 'application' | 'network') {
    const stage = clusterStage()
    stage.given(file)
    const { LoadBalancers } = stage.call('elbv2', 'CreateLoadBalancer', {
      Name: 'shared',
      Type,
      Subnets: ['subnet-1', 'subnet-2'],
    })
    const Protocol = Type === 'network' ? 'TCP' : 'HTTP'
    const { TargetGroups } = stage.call('elbv2', 'CreateTargetGroup', {
      Name: 'shared',
      Protocol,
      Port: 80,
      VpcId: 'vpc-1',
    })
    const [{ LoadBalancerArn }, { TargetGroupArn }] = [LoadBalancers[0], TargetGroups[0]]
    const DefaultActions = [{ Type: 'forward', TargetGroupArn }]
    stage.call('elbv2', 'CreateListener', { LoadBalancerArn, Protocol, Port: 80, DefaultActions })
    return { stage, other: withKeys({}, { elb: elb(TargetGroupArn) }) }
  }

  it('is what requests are counted at', async () => {
    const { stage, other } = behindOthers('application')
    expect((await stage.deploy([other])).result.exitCode).toBe(0)
    expect(JSON.stringify(stage.standing()['scalingPolicies'])).toContain('"app/shared/targetgroup/shared"')
    expect((await stage.deploy([other])).writes).toEqual([])
  })

  it('that is no Application Load Balancer is refused before anything is written', async () => {
    const { stage, other } = behindOthers('network')
    const { result, writes } = await stage.deploy([other])
    expect([result.exitCode, writes]).toEqual([2, []])
    expect(result.problem?.problems).toEqual([
      expect.stringMatching(
        /^edge: auto_scaling.requests_per_target needs an Application Load Balancer, not arn:.*:loadbalancer\/net\/shared\//,
      ),
    ])
  })
})

describe('where a permission is missing', () => {
  it.each(['registerScalableTarget', 'putScalingPolicy', 'putScheduledAction'])(
    '%s fails a first deploy, and everything is deleted again',
    async (method) => {
      const stage = clusterStage()
      stage.given(file)
      const { result } = await stage.deploy([file], {}, { transport: denying(stage, method) })
      expect(result).toMatchObject({ exitCode: 1, outcome: 'restored', left: [] })
      expect([names(stage), stage.left().services]).toEqual([[], []])
    },
  )

  it('to read it, a stack that scales is refused, and another is deployed with a warning', async () => {
    const stage = clusterStage()
    stage.given(file)
    const transport = denying(stage, 'describeScalableTargets')
    const { result, writes } = await stage.deploy([file], {}, { transport })
    expect([result.exitCode, writes]).toEqual([2, []])
    const plain = await stage.deploy([fileOf({ edge: without(scaled) })], {}, { transport })
    expect(plain.result.exitCode).toBe(0)
    expect(plain.events).toContainEqual(
      expect.objectContaining({
        type: 'warning.raised',
        text: 'Whether services scale could not be read: the permission application-autoscaling:DescribeScalableTargets is missing.',
      }),
    )
  })
})

describe('a run that is disturbed', () => {
  it('makes the same where each answer about auto scaling is lost once', async () => {
    const stage = clusterStage()
    stage.given(file)
    const lost = new Set<string>()
    stage.meddle(({ operation, body }) => {
      const key = `${operation} ${body}`
      if (!/Scal|Schedul/.test(operation) || lost.has(key)) return undefined
      lost.add(key)
      return 'lostAfter'
    })
    expect((await stage.deploy([file])).result.exitCode).toBe(0)
    expect(lost.size).toBeGreaterThan(6)
    expect(stage.standing()).toEqual(clusterStage({ world }).standing())
  })

  it('goes on where it was killed', async () => {
    const whole = clusterStage()
    whole.given(file)
    const { requests } = await whole.deploy([file])
    const first = requests.findIndex(({ operation }) => operation === 'RegisterScalableTarget')
    for (const call of [first + 1, first + 3, requests.length]) {
      const stage = clusterStage()
      stage.given(file)
      expect(await stage.killedDeploy({ call, when: 'after' }, [file])).toBe(true)
      expect((await stage.deploy([file])).result.exitCode).toBe(0)
      expect(stage.standing()).toEqual(whole.standing())
    }
  })
})
