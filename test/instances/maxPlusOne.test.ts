import { describe, expect, it } from 'vitest'
import type { World } from '../../src/local/world/world.ts'
import { ofType } from '../deploy/support.ts'
import { sampled } from '../sampled.ts'
import { expectNothingLeft, expectRefreshed } from './refreshed.ts'
import { type Staged, resume, stage } from './support.ts'

const full = { min: 3, max: 3 }

/** The maxima that the group had while requests were answered. */
function maximaOf(s: Staged) {
  const seen = new Set<number>()
  return { seen, meddle: (): void => void seen.add(s.group().MaxSize) }
}

describe('a group with min = max that is allowed one more meanwhile', () => {
  it('is asked about, has one more, is never detached from, and has its maximum back', async () => {
    const s = await stage(full)
    const before = s.inGroup()
    s.renew()
    const { seen, meddle } = maximaOf(s)
    const asked: string[][] = []
    const result = await s.refresh(
      { allowMaxPlusOne: true, batch: '3' },
      { meddle, agree: async ({ warnings }) => (asked.push([...warnings]), true) },
    )
    expect(asked).toEqual([['The group may have 4 instances while it is refreshed, and 3 again afterwards.']])
    expect(result).toMatchObject({ exitCode: 0, left: [] })
    expect(result.sent.map(({ operation }) => operation)).not.toContain('DetachInstances')
    expect([...seen]).toEqual([3, 4])
    await expectRefreshed(s, before)
    expect(s.group()).toMatchObject({ MinSize: 3, MaxSize: 3 })
  })

  it('changes no maximum without being asked to', async () => {
    const s = await stage(full)
    s.renew()
    const { seen, meddle } = maximaOf(s)
    expect(await s.refresh({}, { meddle })).toMatchObject({ exitCode: 0 })
    expect([...seen]).toEqual([3])
  })

  it('is as before where the batch fails', async () => {
    const s = await stage({ ...full, newImage: 'ami-never-joins' })
    const before = s.inGroup()
    s.renew()
    const result = await s.refresh({ allowMaxPlusOne: true }, { timeout: 240_000 })
    expect(result).toMatchObject({ outcome: 'restored', exitCode: 1, left: [] })
    await s.wait(180_000)
    expect(s.inGroup().toSorted()).toEqual(before.toSorted())
    expect(s.group()).toMatchObject({ MinSize: 3, MaxSize: 3, DesiredCapacity: 3 })
    expectNothingLeft(s)
  })

  it('keeps a maximum that somebody sets meanwhile', async () => {
    const s = await stage(full)
    s.renew()
    let isDone = false
    const result = await s.refresh(
      { allowMaxPlusOne: true },
      {
        meddle: ({ operation }) => {
          if (isDone || operation !== 'UpdateContainerInstancesState') return
          isDone = true
          s.call('autoscaling', 'UpdateAutoScalingGroup', { AutoScalingGroupName: 'asg', MaxSize: 6 })
        },
      },
    )
    expect(result).toMatchObject({ exitCode: 0 })
    expect(s.group()).toMatchObject({ MaxSize: 6 })
    expect(ofType(result.events, 'step.finished')).toContainEqual(
      expect.objectContaining({ kind: 'updateAutoScalingGroup', did: 'notNeeded', result: 'its maximum is 6' }),
    )
  })

  it('that a refresh leaves when it is ended at once is told with the command that finishes it, as status does', async () => {
    const s = await stage(full)
    const before = s.inGroup()
    s.renew()
    const atOnce = new AbortController()
    const stop = new AbortController()
    let world: World | undefined
    const result = await s.refresh(
      { allowMaxPlusOne: true, by: 'alice@laptop' },
      {
        signal: stop.signal,
        atOnce: atOnce.signal,
        meddle: ({ operation }) => {
          if (operation !== 'UpdateContainerInstancesState') return
          stop.abort(new Error('enough'))
          atOnce.abort(new Error('at once'))
          world ??= structuredClone(s.aws.world)
        },
      },
    )
    const command = 'ecs-task instances refresh --cluster c --asg asg --allow-max-plus-one'
    expect(result.left).toContain(`Allow asg no more than 3 again: it was left. Do it with: ${command}`)
    expect(result.left.filter((text) => text.includes('Do it with: aws autoscaling'))).toEqual([])
    const again = resume(world)
    const { groups } = await again.status()
    expect(groups[0]).toMatchObject({ maximum: 4 })
    expect(groups[0]?.findings).toEqual([
      expect.stringMatching(`was not finished: without it the group wants 3 of at most 3. Go on with it: ${command}$`),
    ])
    expect(await again.refresh({ allowMaxPlusOne: true })).toMatchObject({ exitCode: 0, left: [] })
    await expectRefreshed(again, before)
    expect(again.group()).toMatchObject({ MinSize: 3, MaxSize: 3, DesiredCapacity: 3 })
  })

  it.each([true, false])('is finished after a kill before any call, allowed again: %j', async (allowMaxPlusOne) => {
    const s = await stage(full)
    const before = s.inGroup()
    s.renew()
    const worlds: World[] = []
    await s.refresh({ allowMaxPlusOne: true }, { meddle: () => void worlds.push(structuredClone(s.aws.world)) })
    for (const world of sampled(worlds, 6)) {
      const again = resume(world)
      expect(await again.refresh({ allowMaxPlusOne })).toMatchObject({ exitCode: 0, left: [] })
      await expectRefreshed(again, before)
      expect(again.group()).toMatchObject({ MinSize: 3, MaxSize: 3 })
    }
  })
})
