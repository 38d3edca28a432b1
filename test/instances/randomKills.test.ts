import { describe, expect, it } from 'vitest'
import type { World } from '../../src/local/world/world.ts'
import { sampled } from '../sampled.ts'
import { random } from '../simulation/random.ts'
import { expectRefreshed } from './refreshed.ts'
import { type Staged, resume, stage } from './support.ts'

const size = 16
const ways = [
  { way: 'at min = max', min: size, max: size },
  { way: 'with room', min: 0, max: 2 * size },
]
const seeds = Array.from({ length: 50 }, (_, seed) => seed)

/** Runs a refresh until it is killed before one of its calls; answers the world that it leaves. */
async function killed(s: Staged, before: number, batch: string): Promise<World> {
  let world: World | undefined
  await s.refresh(
    { batch },
    {
      meddle: (_sent, index) => {
        if (index < before) return
        world ??= structuredClone(s.aws.world)
        throw new Error('killed')
      },
    },
  )
  return world ?? structuredClone(s.aws.world)
}

describe.each(ways)('a refresh of a group $way that is killed at random, once or several times', ({ min, max }) => {
  it.each(sampled(seeds, 4))('is finished by a rerun, and nothing is left: seed %i', async (seed) => {
    const { integer, pick } = random(seed)
    const batch = (): string => pick(['6', '8', '16'])
    let s = await stage({ instances: size, min, max, services: [{ serviceName: 'web', desiredCount: size }] })
    const before = s.inGroup()
    s.renew()
    for (let kills = integer(1, 3); kills > 0; kills--) {
      s = resume(await killed(s, integer(0, 90), batch()))
      await s.wait(integer(0, 600) * 1000)
    }
    const result = await s.refresh({ batch: batch() })
    expect(result).toMatchObject({ exitCode: 0, left: [] })
    expect(result.sent.length / size).toBeLessThanOrEqual(10)
    await expectRefreshed(s, before)
    expect(s.service('web')).toMatchObject({ runningCount: size, pendingCount: 0 })
  })
})
