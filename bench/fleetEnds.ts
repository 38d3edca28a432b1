/** How long after AWS's own word a deploy ends, over random rollouts and one-off tasks, and how often it looked until then. */
import type { Declared } from '../src/definition/definition.ts'
import { type Random, random as randomOf } from '../test/simulation/random.ts'
import { fleetStage } from './fleetStage.ts'

/** One deploy that was followed to its end. */
interface End {
  /** Seconds from the moment at which AWS has done it to the end of the step. */
  readonly late: number
  readonly looks: number
  /** Minutes for which was looked. */
  readonly minutes: number
}

/** What comes of many of them. */
export interface Ends {
  readonly median: number
  readonly p90: number
  readonly looksPerMinute: number
}

/** From AWS's "deployment completed" to our exit, of so many random rollouts of a service. */
export function rolloutEnds(seeds: number): Promise<Ends> {
  return endsOf(seeds, async (random) => {
    const desiredCount = random.integer(1, 6)
    const halves = [
      { minimumHealthyPercent: 100, maximumPercent: 150 },
      { minimumHealthyPercent: 50, maximumPercent: 100 },
    ]
    // Half of one task is none: such a rollout never moves.
    const deploymentConfiguration = random.pick([{}, ...(desiredCount > 1 ? halves : [])])
    const stage = stageOf(random, {
      updateServices: [{ cluster: 'shop', service: 'web', desiredCount, deploymentConfiguration }],
    })
    await stage.deploy('v1')
    await stage.clock.sleep(random.integer(60_000, 120_000))
    const { exitCode, summary, byOperation } = await stage.deploy(tagOf(random))
    if (exitCode !== 0) throw new Error(summary)
    const ended = stage.clock.now()
    const { service } = stage.aws.world.regions['us-east-1']!.services['shop/web']!
    const deployment = service.deployments[0]!
    const completed = service.events.find(({ message }) => message.includes(`${deployment.id}) deployment completed`))!
    return {
      late: ended / 1000 - completed.createdAt,
      // Those before the update are no looks.
      looks: (byOperation['DescribeServices'] ?? 0) - 1,
      minutes: (ended / 1000 - deployment.createdAt) / 60,
    }
  })
}

/** From the moment at which a one-off task has stopped to our exit. */
export function taskEnds(seeds: number): Promise<Ends> {
  return endsOf(seeds, async (random) => {
    const stage = stageOf(random, { runTasks: [{ cluster: 'shop', count: random.integer(1, 3) }] })
    stage.aws.provision({ clusters: ['shop'] })
    const { exitCode, summary, byOperation } = await stage.deploy(tagOf(random))
    if (exitCode !== 0) throw new Error(summary)
    const ended = stage.clock.now()
    const tasks = Object.values(stage.aws.world.regions['us-east-1']!.tasks).map(({ task }) => task)
    return {
      late: ended / 1000 - Math.max(...tasks.map(({ stoppedAt }) => stoppedAt!)),
      looks: byOperation['DescribeTasks'] ?? 0,
      minutes: (ended / 1000 - Math.min(...tasks.map(({ createdAt }) => createdAt))) / 60,
    }
  })
}

/** A tag whose containers take from no time to four minutes, most of them short. */
function tagOf(random: Random): string {
  return random.pick([
    'v2',
    `slow-${random.integer(1, 40)}s`,
    `slow-${random.integer(1, 40)}s`,
    `slow-${random.integer(41, 240)}s`,
  ])
}

function stageOf(random: Random, more: Partial<Declared>) {
  const healthCheck = { command: ['CMD', 'true'], interval: random.integer(5, 60) }
  const web = { name: 'web', image: 'shop/web:<image_tag>', cpu: 64, memory: 128 }
  const containerDefinitions = [{ ...web, ...(random.chance(0.5) && { healthCheck }) }]
  const taskDefinition = { family: 'web', containerDefinitions }
  return fleetStage([{ name: 'Web', taskDefinition, ...more }], {
    seed: random.integer(1, 1_000_000),
    answersAfter: 150,
  })
}

async function endsOf(seeds: number, endOf: (random: Random) => Promise<End>): Promise<Ends> {
  const ends: End[] = []
  for (let seed = 1; seed <= seeds; seed++) ends.push(await endOf(randomOf(seed)))
  const late = ends.map((end) => end.late).toSorted((one, other) => one - other)
  const at = (share: number): number => late[Math.floor(share * (late.length - 1))] ?? 0
  const sum = (member: 'looks' | 'minutes'): number => ends.reduce((total, end) => total + end[member], 0)
  return { median: at(0.5), p90: at(0.9), looksPerMinute: sum('looks') / sum('minutes') }
}
