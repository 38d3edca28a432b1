import { describe, expect, it } from 'vitest'
import type { World } from '../../src/local/world/world.ts'
import { sampled } from '../sampled.ts'
import { expectRefreshed, expectSettled } from './refreshed.ts'
import { type Stage, type Staged, kinds, resume, stage } from './support.ts'

/** The worlds that a process leaves when it is killed before each of its calls, in order. */
async function killedAnywhere(
  of: Stage,
  refresh: (s: Staged, meddle: () => void) => Promise<unknown>,
): Promise<{ worlds: World[]; before: string[] }> {
  const s = await stage({ instances: 2, services: [{ serviceName: 'web', desiredCount: 2 }], ...of })
  const before = s.inGroup()
  s.renew()
  const worlds: World[] = []
  await refresh(s, () => void worlds.push(structuredClone(s.aws.world)))
  expect(worlds.length).toBeGreaterThan(20)
  return { worlds, before }
}

const ways = kinds.flatMap((kind) => [
  { kind, way: 'raises', max: 3 },
  { kind, way: 'detaches', max: 2 },
])

describe('a refresh that was killed before any of its calls', () => {
  it.each(sampled(ways, 3))('is finished by the next run: a $kind that $way', async ({ kind, max }) => {
    const { worlds, before } = await killedAnywhere({ kind, max }, (s, meddle) => s.refresh({}, { meddle }))
    for (const world of sampled(worlds, 3)) {
      const s = resume(world, { kind })
      expect(await s.refresh()).toMatchObject({ outcome: 'succeeded', exitCode: 0 })
      await expectRefreshed(s, before)
      expect(s.service('web')).toMatchObject({ runningCount: 2 })
    }
  })

  it.each(sampled([5, 3], 1))('is finished later with another batch size: a maximum of %i', async (max) => {
    const of = { instances: 3, max }
    const { worlds, before } = await killedAnywhere(of, (s, meddle) => s.refresh({ batch: '2' }, { meddle }))
    for (const world of sampled(worlds, 2)) {
      const s = resume(world)
      await s.wait(600_000)
      expect(await s.refresh({ batch: '1' })).toMatchObject({ exitCode: 0 })
      await expectRefreshed(s, before)
    }
  })

  it.each(sampled([3, 2], 1))(
    'is taken back if the group wants the old version again: a maximum of %i',
    async (max) => {
      const { worlds } = await killedAnywhere({ max }, (s, meddle) => s.refresh({}, { meddle }))
      for (const world of sampled(worlds, 2)) {
        const s = resume(world)
        const LaunchTemplate = { LaunchTemplateName: 'web-template', Version: '1' }
        s.call('autoscaling', 'UpdateAutoScalingGroup', { AutoScalingGroupName: 'asg', LaunchTemplate })
        // One that has just come into service and has not joined yet would be left alone.
        await s.wait(60_000)
        expect(await s.refresh()).toMatchObject({ exitCode: 0 })
        await expectSettled(s, 2)
      }
    },
  )

  it.each(sampled([3, 2], 1))('is finished even after it was killed twice: a maximum of %i', async (max) => {
    const { worlds, before } = await killedAnywhere({ max }, (s, meddle) => s.refresh({}, { meddle }))
    const second: World[] = []
    for (const world of sampled(worlds, 2)) {
      const s = resume(world)
      let calls = 0
      const meddle = (): void => void (calls++ % 9 === 0 && second.push(structuredClone(s.aws.world)))
      await s.refresh({}, { meddle })
    }
    expect(second.length).toBeGreaterThan(2)
    for (const world of sampled(second, 3)) {
      const s = resume(world)
      expect(await s.refresh()).toMatchObject({ exitCode: 0 })
      await expectRefreshed(s, before)
    }
  })

  it.each(sampled([3, 2], 1))('is finished even if it was rolling back: a maximum of %i', async (max) => {
    const { worlds, before } = await killedAnywhere({ max, newImage: 'ami-never-joins' }, (s, meddle) =>
      s.refresh({}, { meddle, timeout: 120_000 }),
    )
    for (const world of sampled(worlds, 2)) {
      const s = resume(world)
      s.renew('ami-3')
      expect(await s.refresh({ forceAll: true })).toMatchObject({ exitCode: 0 })
      await expectRefreshed(s, before)
    }
  })
})
