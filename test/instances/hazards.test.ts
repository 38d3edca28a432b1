import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ofType } from '../deploy/support.ts'
import { expectRefreshed } from './refreshed.ts'
import { type Stage, type Staged, stage } from './support.ts'

const ofGroup = (s: Staged, operation: string, input: object = {}): any =>
  s.call('autoscaling', operation, { AutoScalingGroupName: 'asg', ...input })

/** Makes something dangerous, and says what a refresh tells of it before anything is touched. */
async function refused(of: Stage, endanger: (s: Staged) => unknown, options: object = {}) {
  const s = await stage(of)
  s.renew()
  await endanger(s)
  const before = structuredClone(s.region().autoScalingGroups)
  const result = await s.refresh(options)
  expect(result.writes).toEqual([])
  expect(s.region().autoScalingGroups).toEqual(before)
  expect(result).toMatchObject({ outcome: 'refused', exitCode: 2, problem: { code: 'Hazard' } })
  return { s, problems: result.problem?.problems ?? [] }
}

/** The same for what is only warned of: what a dry run warns of, and a real one as well. */
async function warned(s: Staged, options: object = {}): Promise<string[]> {
  const result = await s.refresh(options, { dryRun: true })
  expect(result).toMatchObject({ exitCode: 0 })
  return ofType(result.events, 'warning.raised').map(({ text }) => text)
}

describe('a refresh is refused if', () => {
  it.each([
    ['Launch', 'no replacement can be started'],
    ['Terminate', 'no old instance can be terminated'],
  ])('the process %s is suspended', async (name, why) => {
    const { s, problems } = await refused({}, (one) => ofGroup(one, 'SuspendProcesses', { ScalingProcesses: [name] }))
    expect(problems).toEqual([
      `The process ${name} is suspended: ${why}. Resume it with: aws autoscaling resume-processes --auto-scaling-group-name asg --scaling-processes ${name}`,
    ])
    ofGroup(s, 'ResumeProcesses', { ScalingProcesses: [name] })
    expect(await s.refresh()).toMatchObject({ exitCode: 0 })
  })

  it('an instance is protected from scale-in by hand, unless --force-all', async () => {
    let id = ''
    const { s, problems } = await refused({}, (one) => {
      ;[id = ''] = one.inGroup()
      ofGroup(one, 'SetInstanceProtection', { InstanceIds: [id], ProtectedFromScaleIn: true })
    })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(`Instance ${id} is protected from scale-in.`)
    const before = s.inGroup()
    expect(await s.refresh({ forceAll: true })).toMatchObject({ exitCode: 0 })
    await expectRefreshed(s, before)
  })

  it('a task that belongs to no service would be stopped, unless --force-all', async () => {
    const { s, problems } = await refused({}, (one) => {
      const containerDefinitions = [{ name: 'job', image: 'job:slow-100m', memory: 100 }]
      one.call('ecs', 'RegisterTaskDefinition', { family: 'job', containerDefinitions })
      one.call('ecs', 'RunTask', { cluster: 'c', taskDefinition: 'job' })
    })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(
      /^Task \w+ \(family:job\) on instance i-\w+ belongs to no service: nothing would replace it\./,
    )
    const before = s.inGroup()
    expect(await s.refresh({ forceAll: true })).toMatchObject({ exitCode: 0 })
    await expectRefreshed(s, before)
  })

  it('the percentages of a service let no task move', async () => {
    const deploymentConfiguration = { minimumHealthyPercent: 50, maximumPercent: 100 }
    const services = [
      { serviceName: 'web', desiredCount: 3 },
      { serviceName: 'alone', desiredCount: 1, deploymentConfiguration },
    ]
    const { s, problems } = await refused({ services }, () => {})
    expect(problems).toEqual([
      'Service alone cannot be drained: minimumHealthyPercent 50 and maximumPercent 100 of 1 let ECS neither stop nor start a task. Change that with: ecs-task service update --cluster c --service alone --max 200',
    ])
    s.call('ecs', 'UpdateService', {
      cluster: 'c',
      service: 'alone',
      deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 200 },
    })
    expect(await s.refresh()).toMatchObject({ exitCode: 0 })
  })

  it('the group is at its maximum and behind load balancers', async () => {
    const { problems } = await refused({ max: 3 }, (s) => {
      s.region().autoScalingGroups['asg']!.group['TargetGroupARNs'] = ['arn:aws:elasticloadbalancing:…']
    })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(/with --allow-max-plus-one, or raise the maximum with: aws .* --max-size 4$/)
  })

  it('the group has no room for a whole batch and is behind load balancers; one of the two has to change', async () => {
    const balance = (s: Staged): void => {
      s.region().autoScalingGroups['asg']!.group['TargetGroupARNs'] = ['arn:aws:elasticloadbalancing:…']
    }
    const { s, problems } = await refused({ max: 4 }, balance, { batch: '3' })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(
      /with --allow-max-plus-one, take fewer at once with --batch 1, or raise the maximum with: aws .* --max-size 6$/,
    )
    expect(await s.refresh({ batch: '1' }, { dryRun: true })).toMatchObject({ exitCode: 0 })
    ofGroup(s, 'UpdateAutoScalingGroup', { MaxSize: 6 })
    expect(await s.refresh({ batch: '3' }, { dryRun: true })).toMatchObject({ exitCode: 0 })
  })

  it.each([false, true])('no instance of the group is in that cluster, with --force-all %s', async (forceAll) => {
    const { problems } = await refused({}, (s) => s.call('ecs', 'CreateCluster', { clusterName: 'other' }), {
      cluster: 'other',
      forceAll,
    })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain('No instance of asg is in cluster other. Check --cluster and --asg;')
  })

  it('several hazards apply, which are all named at once', async () => {
    const services = [
      {
        serviceName: 'web',
        desiredCount: 2,
        deploymentConfiguration: { minimumHealthyPercent: 90, maximumPercent: 110 },
      },
    ]
    const { problems } = await refused({ services }, (s) =>
      ofGroup(s, 'SuspendProcesses', { ScalingProcesses: ['Launch', 'Terminate'] }),
    )
    expect(problems).toHaveLength(3)
  })

  it('any hazards apply together, each of which is named once', async () => {
    const deploymentConfiguration = { minimumHealthyPercent: 90, maximumPercent: 110 }
    const dangers: readonly [tells: RegExp, endanger: (s: Staged) => unknown][] = [
      [/^The process Launch is/, (s) => ofGroup(s, 'SuspendProcesses', { ScalingProcesses: ['Launch'] })],
      [/^The process Terminate is/, (s) => ofGroup(s, 'SuspendProcesses', { ScalingProcesses: ['Terminate'] })],
      [
        /^Instance \S+ is protected/,
        (s) => ofGroup(s, 'SetInstanceProtection', { InstanceIds: [s.inGroup()[0]], ProtectedFromScaleIn: true }),
      ],
      [
        /^Service web cannot be drained/,
        (s) => s.call('ecs', 'UpdateService', { cluster: 'c', service: 'web', deploymentConfiguration }),
      ],
      [/belongs to no service/, (s) => s.call('ecs', 'RunTask', { cluster: 'c', taskDefinition: 'web' })],
      [
        /no room for a batch/,
        (s) => {
          ofGroup(s, 'UpdateAutoScalingGroup', { MaxSize: 3 })
          s.region().autoScalingGroups['asg']!.group['TargetGroupARNs'] = ['arn:aws:elasticloadbalancing:…']
        },
      ],
    ]
    await fc.assert(
      fc.asyncProperty(fc.subarray([...dangers], { minLength: 1 }), async (some) => {
        const { problems } = await refused({}, (s) => some.forEach(([, endanger]) => endanger(s)))
        expect(problems).toHaveLength(some.length)
        for (const [tells] of some) expect(problems.filter((problem) => tells.test(problem))).toHaveLength(1)
      }),
      { numRuns: 8 },
    )
  })

  it.each([
    ['group', { group: 'nothing' }, 'There is no Auto Scaling group nothing.'],
    ['cluster', { cluster: 'nowhere' }, 'There is no cluster nowhere.'],
  ])('there is no such %s', async (_what, options, what) => {
    const s = await stage()
    expect(await s.refresh(options)).toMatchObject({ exitCode: 2, problem: { code: 'NotFound', what } })
  })
})

describe('a refresh warns if', () => {
  it('an outdated instance is in standby, and leaves it alone', async () => {
    const s = await stage()
    const [id = ''] = s.inGroup()
    ofGroup(s, 'EnterStandby', { InstanceIds: [id], ShouldDecrementDesiredCapacity: true })
    await s.wait(60_000)
    s.renew()
    expect(await warned(s)).toContain(`Instance ${id} is outdated, in Standby, and left as it is.`)
    expect(await s.refresh()).toMatchObject({ exitCode: 0, summary: 'Replaced 2 instances of asg in c.' })
    expect(s.group().Instances.find((one: any) => one.InstanceId === id)).toMatchObject({ LifecycleState: 'Standby' })
    expect(s.ec2State(id)).toBe('running')
  })

  it('an instance never joined the cluster, and replaces it only with --force-all', async () => {
    const s = await stage()
    const [id = '', ...others] = s.inGroup()
    const arn = s.containers().get(id)!.containerInstanceArn
    s.call('ecs', 'DeregisterContainerInstance', { cluster: 'c', containerInstance: arn, force: true })
    await s.wait(120_000)
    s.renew()
    const text = `Instance ${id} is outdated, never joined the cluster, and is left as it is; --force-all replaces it.`
    expect(await warned(s)).toContain(text)
    expect(await s.refresh()).toMatchObject({ exitCode: 0, summary: 'Replaced 2 instances of asg in c.' })
    await s.wait(120_000)
    expect(s.inGroup()).toContain(id)
    expect(s.inGroup().filter((one) => others.includes(one))).toEqual([])
    expect(await s.refresh({ forceAll: true })).toMatchObject({ summary: 'Replaced 1 instance of asg in c.' })
    await expectRefreshed(s, [id, ...others])
  })

  it('the group has no room, and detaches its instances', async () => {
    const s = await stage({ max: 3 })
    s.renew()
    expect(await warned(s)).toEqual([
      'The group has no room for a batch below its maximum of 3: instances are detached first. Should it fail, their replacements go before they are attached again. To detach none, allow one more while it is refreshed with --allow-max-plus-one, or set its maximum to 4: aws autoscaling update-auto-scaling-group --auto-scaling-group-name asg --max-size 4',
    ])
    const fixed = await stage({ min: 3, max: 3 })
    fixed.renew()
    expect((await warned(fixed))[0]).toMatch(
      /no room for a batch with min = max = 3: .*they cannot be attached again by themselves/,
    )
  })

  it('the group protects all its instances from scale-in', async () => {
    const s = await stage({ group: { NewInstancesProtectedFromScaleIn: true } })
    const before = s.inGroup()
    s.renew()
    expect(await warned(s)).toEqual([
      'The group protects its instances from scale-in, which does not keep them from being replaced.',
    ])
    expect(await s.refresh()).toMatchObject({ exitCode: 0 })
    await expectRefreshed(s, before)
  })

  it('somebody else drains an instance that is up to date, and leaves it alone', async () => {
    const s = await stage()
    s.renew()
    expect(await s.refresh()).toMatchObject({ exitCode: 0 })
    await s.wait(120_000)
    s.renew('ami-3')
    s.call('autoscaling', 'TerminateInstanceInAutoScalingGroup', {
      InstanceId: s.inGroup()[0],
      ShouldDecrementDesiredCapacity: false,
    })
    await s.wait(180_000)
    const id = s.inGroup().at(-1)!
    const arn = s.containers().get(id)!.containerInstanceArn
    s.call('ecs', 'UpdateContainerInstancesState', { cluster: 'c', containerInstances: [arn], status: 'DRAINING' })
    expect(await warned(s)).toContain(`Instance ${id} is DRAINING, though not outdated, and left as it is.`)
    expect(await s.refresh()).toMatchObject({ exitCode: 0 })
    expect(s.containers().get(id)).toMatchObject({ status: 'DRAINING' })
  })

  it('a capacity provider may change the desired capacity meanwhile', async () => {
    const s = await stage()
    for (const { containerInstance } of Object.values(s.region().containerInstances)) {
      containerInstance['capacityProviderName'] = 'spare'
    }
    s.renew()
    expect(await warned(s)).toEqual([
      'Capacity provider spare may change the desired capacity meanwhile, where its scaling is managed.',
    ])
  })

  it('the agent of an instance is not connected', async () => {
    const s = await stage()
    const [id = ''] = s.inGroup()
    const { containerInstanceArn } = s.containers().get(id)!
    s.region().containerInstances[containerInstanceArn]!.containerInstance['agentConnected'] = false
    s.renew()
    expect(await warned(s)).toEqual([`The agent of ${id} is not connected: it may never drain.`])
  })
})
