/**
 * What deploys of fleets cost: simulated seconds on the local AWS of this process, with AWS's throttle buckets and a
 * hand-turned clock, beside what those buckets allow. `node --import tsx bench/fleet.ts` prints it.
 */
import { pathToFileURL } from 'node:url'
import type { Declared } from '../src/definition/definition.ts'
import { rolloutEnds, taskEnds } from './fleetEnds.ts'
import { floorOf } from './fleetFloor.ts'
import { type Measured, familiesIn, fleetStage } from './fleetStage.ts'
import { type Row, tableOf } from './row.ts'

/** What no wire is needed for, the job that needs most memory first. */
export async function fleetRows(): Promise<Row[]> {
  const thousand = await familiesRow(1_000, 10, { mostLooks: 2_000 })
  const twoHundred = await familiesRow(200, 5, { mostLooks: 400 })
  return [twoHundred, thousand, ...(await endRows(300))]
}

/** So many families with a service each, in so many clusters, and a revision of each to prune. */
export async function familiesRow(
  families: number,
  clusters: number,
  { mostLooks }: { readonly mostLooks: number },
): Promise<Row> {
  const stage = fleetStage(familiesIn(families, clusters, 1))
  const measured = await stage.deploy('v2')
  const work = { registers: families, updates: families, deregisters: families, rolloutSeconds: await rolloutSeconds() }
  const ratio = measured.seconds / floorOf(work)
  const looks = measured.byOperation['DescribeServices'] ?? 0
  const active = Object.values(stage.aws.world.regions['us-east-1']!.taskDefinitions).flatMap((revisions) =>
    revisions.filter(({ taskDefinition }) => taskDefinition.status === 'ACTIVE'),
  )
  const isDone = measured.exitCode === 0 && active.length === families
  return {
    job: `${families} services of ${families} families in ${clusters} clusters, 1 revision to prune each`,
    figures: { ...figuresOf(measured), looks, floor: rounded(floorOf(work)), ratio: rounded(ratio, 3) },
    goal: `≤ 1.13 of the floor, ≤ ${mostLooks} DescribeServices, < 500 MB`,
    holds: isDone && ratio <= 1.13 && looks <= mostLooks && measured.peakMegabytes < 500,
  }
}

/** One service with 11 revisions to prune. */
export async function elevenRow(): Promise<Row> {
  const measured = await pruned(11, { services: 1, rules: 0 })
  return {
    job: '1 service, 11 to prune',
    figures: figuresOf(measured),
    goal: '≤ 23 calls',
    holds: measured.exitCode === 0 && measured.calls <= 23,
  }
}

/** A class with 20 services and 20 rules. */
export async function twentyRow(): Promise<Row> {
  const measured = await pruned(11, { services: 20, rules: 20 })
  return {
    job: '20 services, 20 targets, 11 to prune',
    figures: figuresOf(measured),
    goal: '< 135 calls',
    holds: measured.exitCode === 0 && measured.calls < 135,
  }
}

/** More revisions to prune than the bucket holds. */
export async function beyondBucketRow(): Promise<Row> {
  const measured = await pruned(21, { services: 1, rules: 0 })
  const floor = floorOf({ registers: 1, updates: 1, deregisters: 21, rolloutSeconds: 0 })
  const ratio = measured.seconds / floor
  return {
    job: '21 to prune, where the bucket holds 18',
    figures: { ...figuresOf(measured), floor: rounded(floor), ratio: rounded(ratio, 3) },
    goal: '≤ 1.10 of the floor',
    holds: measured.exitCode === 0 && ratio <= 1.1,
  }
}

/** From AWS's own "completed", or a one-off task's "stopped", to our exit. */
export async function endRows(seeds: number): Promise<Row[]> {
  const rollouts = await rolloutEnds(seeds)
  const tasks = await taskEnds(seeds)
  const row = (what: string, ends: typeof rollouts, before: number): Row => ({
    job: `${what}, over ${seeds} random ones`,
    figures: {
      'median s': rounded(ends.median, 2),
      'p90 s': rounded(ends.p90, 2),
      'looks a minute': rounded(ends.looksPerMinute, 2),
    },
    goal: `median ≤ 3 s, ≤ ${before} looks a minute as before`,
    holds: ends.median <= 3 && ends.looksPerMinute <= before,
  })
  return [
    row('From AWS’s “completed” to our exit', rollouts, looksBefore.rollouts),
    row('From a one-off task’s end to our exit', tasks, looksBefore.tasks),
  ]
}

/** Looks a minute at the same rollouts and tasks when the first came after five and three seconds. */
const looksBefore = { rollouts: 8.69, tasks: 19.05 }

/** A deploy that nobody waits for, of a class with so many services and rules and so many unused revisions. */
async function pruned(revisions: number, { services, rules }: { readonly services: number; readonly rules: number }) {
  const cluster = 'arn:aws:ecs:us-east-1:123456789012:cluster/shop'
  const containerDefinitions = [{ name: 'web', image: 'shop/web:<image_tag>', cpu: 64, memory: 128 }]
  const RoleArn = 'arn:aws:iam::123456789012:role/ecsEventsRole'
  const declared: Declared = {
    taskDefinition: { family: 'web', containerDefinitions },
    updateServices: Array.from({ length: services }, (_, index) => ({ cluster: 'shop', service: `web-${index}` })),
    eventTargets: Array.from({ length: rules }, (_, index) => ({
      Rule: `rule-${index}`,
      Targets: [{ Id: 'web', Arn: cluster, RoleArn, EcsParameters: {} }],
    })),
    // The revision that runs stays, since its tasks still run when nobody waits.
    activeTaskCount: 1,
  }
  const stage = fleetStage([{ name: 'Web', ...declared }])
  const old = containerDefinitions.map((one) => ({ ...one, image: 'shop/web:old' }))
  await stage.register({ family: 'web', containerDefinitions: old }, revisions)
  return stage.deploy('v2', { wait: false })
}

/** Seconds from an update of one service of such a fleet to AWS's "completed". */
export async function rolloutSeconds(): Promise<number> {
  const stage = fleetStage(familiesIn(1, 1, 10))
  await stage.deploy('v2')
  const { service } = stage.aws.world.regions['us-east-1']!.services['cluster-0/service-0']!
  const { createdAt, updatedAt } = service.deployments[0]!
  return updatedAt - createdAt
}

function figuresOf({ seconds, calls, byOperation, throttled, cpuSeconds, peakMegabytes }: Measured): Row['figures'] {
  const most = Object.entries(byOperation).toSorted(([, one], [, other]) => other - one)
  return {
    seconds: rounded(seconds),
    calls,
    throttled,
    'CPU s': rounded(cpuSeconds),
    'peak MB': peakMegabytes,
    'by operation': most.map(([operation, count]) => `${count} ${operation}`).join(', '),
  }
}

function rounded(figure: number, digits = 1): number {
  return Number(figure.toFixed(digits))
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const rows = [await elevenRow(), await twentyRow(), await beyondBucketRow(), ...(await fleetRows())]
  process.stdout.write(`${tableOf(rows)}\n`)
  process.exitCode = rows.every(({ holds }) => holds) ? 0 : 1
}
