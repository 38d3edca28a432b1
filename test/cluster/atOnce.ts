/** Two deploys to one cluster at once, each of which AWS answers in its own time. */
import type { Transport } from '../../src/aws/aws.ts'
import { deployCluster, diffCluster } from '../../src/cluster/deployCluster.ts'
import { changing } from '../../src/engine/plan.ts'
import type { Result } from '../../src/engine/executePlan.ts'
import { createLocalAws } from '../../src/local/localAws.ts'
import type { World } from '../../src/local/world/world.ts'
import { stackFixtures } from '../../src/commands/program/stackOptions.ts'
import { handClock } from '../handClock.ts'
import { isThorough } from '../sampled.ts'
import { transportInProcess } from '../sdkInProcess.ts'
import { random } from '../simulation/random.ts'
import { standing } from './standing.ts'

/** One of the two runs: its file, how long after the other it begins, and how long each of its calls takes. */
export interface Run {
  readonly file: string
  readonly after: number
  readonly latency: () => number
}

/** Two deploys to one cluster at once, in an AWS that answers each in its own time. */
export async function atOnce(...runs: readonly [Run, Run]): Promise<AtOnce> {
  return atOnceIn(undefined, ...runs)
}

/** What has come of both. */
export interface AtOnce {
  results: Result[]
  stands: ReturnType<typeof standing>
  /** How each task of the migration that was started has ended: its exit code, undefined where it was stopped. */
  migrations: (number | undefined)[]
  /** What a deploy of the first file would change after that. */
  differs: string[]
}

/** The same with --replace, where there is a world already. */
export async function atOnceIn(world: World | undefined, ...runs: readonly [Run, Run]): Promise<AtOnce> {
  const clock = handClock(world?.now ?? Date.UTC(2026, 0, 1))
  const aws = createLocalAws({ now: clock.now, throttle: false, world: world && structuredClone(world) })
  const options = ({ file }: Run) => ({
    cluster: 'my-cluster',
    files: [{ name: 'a.yml', text: file }],
    env: {},
    replace: world !== undefined,
  })
  aws.provision(stackFixtures(options(runs[0])))
  const inProcess = transportInProcess((request) => (clock.touch(), aws.handle(request)))
  const results = await Promise.all(
    runs.map(async (run, index) => {
      await clock.sleep(run.after)
      const transport: Transport = async (...asked) => {
        await clock.sleep(run.latency() / 2)
        try {
          return await inProcess(...asked)
        } finally {
          await clock.sleep(run.latency() / 2)
        }
      }
      const { next } = random(100 * run.after + index)
      return deployCluster(options(run), { transport, clock: { ...clock, random: next }, listeners: [] })
    }),
  )
  const { stages } = await diffCluster(options(runs[0]), { transport: inProcess, clock })
  const { tasks } = aws.world.regions['us-east-1']!
  const migrations = Object.values(tasks)
    .filter(({ task }) => task.group === 'family:my-cluster-migrate')
    .map(({ task }) => task.containers[0]!.exitCode)
  return { results, stands: standing(aws.world), migrations, differs: changing(stages).map(({ title }) => title) }
}

export const upTo = (most: number, seed: number) => {
  const chance = random(seed)
  return () => chance.integer(10, most)
}

/** What a person needs to see why it did not hold. */
export const tellingOf = (at: object, results: readonly Result[]): string =>
  JSON.stringify([at, results.map(({ plan: _, ...result }) => result)])

/** Milliseconds by which one begins after the other. */
export const lags = Array.from({ length: isThorough ? 51 : 4 }, (_, index) => index * (isThorough ? 20 : 300))
