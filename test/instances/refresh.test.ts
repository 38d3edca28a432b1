import { describe, expect, it } from 'vitest'
import { emptyPicture, reduce } from '../../src/output/picture.ts'
import { planText } from '../../src/output/planText.ts'
import { frame } from '../../src/output/frame.ts'
import { printed } from '../../src/output/line.ts'
import { ofType } from '../deploy/support.ts'
import { expectNothingLeft, expectRefreshed } from './refreshed.ts'
import { kinds, stage } from './support.ts'

describe('a refresh', () => {
  const ways = kinds.flatMap(
    (kind) =>
      [
        [kind, 'raises its desired capacity for a while', 5],
        [kind, 'is at its maximum and detaches', 3],
      ] as const,
  )

  it.each(ways)('replaces every instance of a group with a %s that %s', async (kind, _way, max) => {
    const s = await stage({ kind, max })
    const before = s.inGroup()
    s.renew()
    const result = await s.refresh()
    expect(result).toMatchObject({ outcome: 'succeeded', exitCode: 0, left: [] })
    expect(result.summary).toBe('Replaced 3 instances of asg in c.')
    await expectRefreshed(s, before)
    expect(s.service('web')).toMatchObject({ runningCount: 3 })
    const detached = result.sent.some(({ operation }) => operation === 'DetachInstances')
    expect(detached).toBe(max === 3)
  })

  it('of 10 instances with 30 tasks of 5 services keeps every service above its minimum at every step', async () => {
    const names = ['one', 'two', 'three', 'four', 'five']
    const s = await stage({
      instances: 10,
      services: names.map((serviceName, index) => ({
        serviceName,
        desiredCount: 6,
        deploymentConfiguration: [
          { minimumHealthyPercent: 100, maximumPercent: 200 },
          { minimumHealthyPercent: 100, maximumPercent: 150 },
          { minimumHealthyPercent: 50, maximumPercent: 100 },
          { minimumHealthyPercent: 75, maximumPercent: 125 },
          { minimumHealthyPercent: 90, maximumPercent: 200 },
        ][index],
      })),
    })
    const before = s.inGroup()
    s.renew()
    let looks = 0
    s.watch(({ service, healthy }) => {
      looks++
      const { minimumHealthyPercent } = service['deploymentConfiguration']
      expect(healthy.length).toBeGreaterThanOrEqual(Math.ceil((6 * minimumHealthyPercent) / 100))
    })
    const result = await s.refresh({ batch: '2' })
    expect(result).toMatchObject({ outcome: 'succeeded', exitCode: 0 })
    expect(looks).toBeGreaterThan(100)
    await expectRefreshed(s, before)
    for (const name of names) expect(s.service(name)).toMatchObject({ runningCount: 6, pendingCount: 0 })
    const sizes = result.sent.flatMap(({ operation, input }) =>
      operation === 'UpdateContainerInstancesState' ? input.containerInstances.length : [],
    )
    expect(sizes).toEqual([2, 2, 2, 2, 2])
  })

  it('never drains before the replacement is in service, registered and ACTIVE', async () => {
    const s = await stage({ newImage: 'ami-slow-10m' })
    s.renew()
    const ready: number[] = []
    const old = s.inGroup()
    await s.refresh(
      {},
      {
        meddle: ({ operation }) => {
          if (operation !== 'UpdateContainerInstancesState') return
          const serving = s
            .group()
            .Instances.filter(
              (one: any) =>
                one.LifecycleState === 'InService' && s.containers().get(one.InstanceId)?.status === 'ACTIVE',
            )
          ready.push(serving.length)
          expect(serving.some((one: any) => !old.includes(one.InstanceId))).toBe(true)
        },
      },
    )
    expect(ready).toEqual([4, 4, 4])
  })

  it('writes nothing if every instance is up to date', async () => {
    const s = await stage()
    const result = await s.refresh()
    expect(result).toMatchObject({ exitCode: 0, summary: 'asg in c is already up to date.' })
    expect(result.writes).toEqual([])
  })

  it('plans the same in a dry run, and writes nothing', async () => {
    const s = await stage()
    s.renew()
    const result = await s.refresh({ batch: '2' }, { dryRun: true })
    expect(result.writes).toEqual([])
    expect(result.plan?.stages.map(({ title }) => title.replaceAll(/i-\w+/g, 'i'))).toEqual([
      'Record the desired capacity',
      'Raise the maximum',
      'Undo what an interrupted refresh had started',
      'Batch 1 of 2: start replacements for 2 instances',
      'Batch 1 of 2: drain 2 instances',
      'Batch 1 of 2: terminate 2 instances',
      'Batch 2 of 2: start replacements for i',
      'Batch 2 of 2: drain i',
      'Batch 2 of 2: terminate i',
      'Restore the size of the group',
      'Restore the maximum',
      'Look again',
      'Remove the record',
    ])
    const text = planText(result.plan!, { color: false, columns: 80 }).replaceAll(/i-\w+/g, 'i')
    expect(text.split('\n').filter((line) => /^\d/.test(line))).toEqual([
      '1. Record the desired capacity',
      '2. Batch 1 of 2: start replacements for 2 instances',
      '3. Batch 1 of 2: drain 2 instances',
      '4. Batch 1 of 2: terminate 2 instances (side by side)',
      '5 to 7. Batch 2 of 2: the same with i',
      '8. Restore the size of the group',
      '9. Look again (a failure is only a warning)',
      '10. Remove the record (a failure is only a warning)',
    ])
    const real = await s.refresh({ batch: '2' })
    expect(JSON.stringify(real.plan)).toBe(JSON.stringify(result.plan))
  })

  it('does not start without confirmation', async () => {
    const s = await stage()
    s.renew()
    const asked: string[] = []
    const result = await s.refresh({}, { agree: async ({ title }) => (asked.push(title), false) })
    expect(asked).toEqual(['Replace 3 instances of asg in c, by launch template web-template, version 2'])
    expect(result).toMatchObject({ outcome: 'refused', exitCode: 2, problem: { what: 'It was not confirmed.' } })
    expect(result.writes).toEqual([])
  })

  it('asks EC2 only if the group leaves the version of a launch template to it', async () => {
    const templates = async (kind: (typeof kinds)[number], group = {}): Promise<number> => {
      const s = await stage({ kind, group })
      s.renew()
      const { sent } = await s.refresh()
      return sent.filter(({ operation }) => operation === 'DescribeLaunchTemplates').length
    }
    expect(await templates('launch configuration')).toBe(0)
    expect(await templates('launch template')).toBe(2)
    const fixed = { LaunchTemplate: { LaunchTemplateName: 'web-template', Version: '1' } }
    expect(await templates('launch template', fixed)).toBe(0)
  })

  it('reports the progress of each instance, old and new', async () => {
    const s = await stage({ instances: 1, services: [{ serviceName: 'web', desiredCount: 2 }] })
    const [old = ''] = s.inGroup()
    s.renew()
    const { events } = await s.refresh()
    const told = ofType(events, 'instance.progressed')
    const statesOf = (isOld: boolean): string[] =>
      told.filter(({ instanceId }) => (instanceId === old) === isOld).map(({ state, tasks }) => `${state} ${tasks}`)
    expect(statesOf(false)).toEqual(['Pending undefined', 'InService undefined', 'ACTIVE 0'])
    expect(statesOf(true).at(0)).toMatch(/^DRAINING [23]$/)
    expect(statesOf(true).at(-1)).toBe('DRAINING 0')
  })

  it('shows a row for each instance in the live view while it waits', async () => {
    const s = await stage({ instances: 2, services: [{ serviceName: 'web', desiredCount: 2 }] })
    s.renew()
    const { events } = await s.refresh({ batch: '2' })
    const at = events.findIndex((event) => event.type === 'instance.progressed' && event.state === 'DRAINING') + 2
    const picture = events.slice(0, at).reduce(reduce, emptyPicture)
    const view = (rows: number): string[] =>
      frame(picture, { now: 0, live: { turn: 0, rows } }).map((line) => printed(line, { color: false }))
    const isRow = (line: string): boolean => /^ {4}i-\w+ DRAINING, [12] tasks?$/.test(line)
    expect(view(24).filter(isRow)).toHaveLength(2)
    expect(view(24).findIndex(isRow)).toBe(view(24).findIndex((line) => line.includes('Drain i-')) + 1)
    expect(view(24).filter((line) => line === 'Batch 1 of 1')).toHaveLength(1)
    expect(view(5)).toHaveLength(5)
    const left = frame(picture, { now: 0 }).map((line) => printed(line, { color: false }))
    expect(left.filter(isRow)).toEqual([])
  })

  it('detaches instances if the group weights instance types', async () => {
    const policy = (InstanceType: string): object => ({
      LaunchTemplate: {
        LaunchTemplateSpecification: { LaunchTemplateName: 'web-template', Version: '$Latest' },
        Overrides: [{ InstanceType, WeightedCapacity: '2' }],
      },
    })
    const group = { MixedInstancesPolicy: policy('t3.medium'), DesiredCapacity: 6, MaxSize: 12 }
    const s = await stage({ kind: 'mixed instances policy', group })
    const before = s.inGroup()
    expect(before).toHaveLength(3)
    s.call('autoscaling', 'UpdateAutoScalingGroup', {
      AutoScalingGroupName: 'asg',
      MixedInstancesPolicy: policy('m5.large'),
    })
    const result = await s.refresh({ batch: '2' })
    expect(result).toMatchObject({ exitCode: 0, left: [] })
    expect(result.sent.filter(({ operation }) => operation === 'DetachInstances')).toHaveLength(2)
    await s.wait(180_000)
    expect(s.group()).toMatchObject({ DesiredCapacity: 6 })
    expect(s.inGroup()).toHaveLength(3)
    expect(s.inGroup().filter((id) => before.includes(id))).toEqual([])
    expectNothingLeft(s)
  })

  it('keeps a desired capacity that somebody raises meanwhile', async () => {
    const s = await stage({ max: 8 })
    const before = s.inGroup()
    s.renew()
    let isRaised = false
    const result = await s.refresh(
      {},
      {
        meddle: ({ operation }) => {
          if (operation !== 'UpdateContainerInstancesState' || isRaised) return
          isRaised = true
          s.call('autoscaling', 'SetDesiredCapacity', { AutoScalingGroupName: 'asg', DesiredCapacity: 6 })
        },
      },
    )
    expect(result).toMatchObject({ exitCode: 0 })
    await s.wait(180_000)
    expect(s.inGroup()).toHaveLength(5)
    expect(s.inGroup().filter((id) => before.includes(id))).toEqual([])
  })
})
