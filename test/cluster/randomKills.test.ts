import { describe, expect, it } from 'vitest'
import { random } from '../simulation/random.ts'
import { everything, fileOf, migrate } from './stacks.ts'
import { clusterStage, worldOf } from './support.ts'

type Stage = ReturnType<typeof clusterStage>

const seeds = Array.from({ length: 50 }, (_, seed) => seed)
const count = 40
const many = fileOf({
  migrate,
  ...Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `s${index}`,
      { image: 'img:v1', memory: 16, ...(index % 3 === 0 && { depends_on: ['migrate'] }) },
    ]),
  ),
})
const files = { 'every kind of resource': fileOf(everything), 'many services': many }

/** How the tasks of the migration have ended. */
const migrations = (stage: Stage): unknown[] =>
  Object.values(stage.region().tasks)
    .filter(({ task }) => task.group === 'family:my-cluster-migrate')
    .map(({ task }) => task.containers[0]!.exitCode)

/** Kills a run at random moments, once or several times, each in the world that the one before has left. */
async function killedAtRandom(
  seed: number,
  start: Stage,
  killed: (stage: Stage, call: number, when: 'before' | 'after') => Promise<boolean>,
): Promise<Stage> {
  const { integer, pick } = random(seed)
  let stage = start
  for (let kills = integer(1, 3); kills > 0; kills--) {
    await killed(stage, integer(1, 90), pick(['before', 'after'] as const))
    stage = clusterStage({ world: stage.aws.world })
    await stage.clock.sleep(integer(0, 600) * 1000)
  }
  return stage
}

describe.each(Object.entries(files))('of %s', (_title, file) => {
  it.each(seeds)(
    'a deploy that is killed at random is finished by a rerun, and its migration has succeeded once: seed %i',
    { timeout: 300_000 },
    async (seed) => {
      const begun = clusterStage()
      begun.given(file)
      const stage = await killedAtRandom(seed, begun, (one, call, when) => one.killedDeploy({ call, when }, [file]))
      const { result } = await stage.deploy([file])
      expect(result).toMatchObject({ exitCode: 0, left: [] })
      expect(migrations(stage)).toEqual([0])
      const whole = clusterStage({ world: await worldOf(file) })
      expect(stage.standing()).toEqual(whole.standing())
      expect((await stage.deploy([file])).writes).toEqual([])
    },
  )

  it.each(seeds)(
    'a destroy that is killed at random is finished by a rerun, which leaves nothing: seed %i',
    { timeout: 300_000 },
    async (seed) => {
      const deployed = clusterStage({ world: await worldOf(file) })
      const stage = await killedAtRandom(seed, deployed, (one, call, when) => one.killedDestroy({ call, when }))
      const { result, requests } = await stage.destroy()
      expect(result).toMatchObject({ exitCode: 0, left: [] })
      const empty = clusterStage()
      empty.given(file)
      expect(stage.standing()).toEqual(empty.standing())
      if (file === many) expect(requests.length).toBeLessThanOrEqual(4 * count)
    },
  )
})
