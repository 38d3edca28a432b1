/**
 * `npm run bench:scale`: what a deploy costs as the fleet grows from 1 service to 1,000, in calls, seconds and memory, beside the
 * time that AWS's throttle buckets allow. Simulated on the local AWS of this process, with a hand-turned clock.
 */
import { pathToFileURL } from 'node:url'
import type { Settings } from '../src/engine/settings.ts'
import { rolloutSeconds } from './fleet.ts'
import { type Fleet, floorOf } from './fleetFloor.ts'
import { type Measured, familiesIn, fleetStage } from './fleetStage.ts'
import { type Row, tableOf } from './row.ts'

/** ECS takes up to 5,000 services in a cluster; a hundred each is what teams have. */
const perCluster = 100

/** What `npm run bench:scale` prints: the smallest fleets first, because the memory of a process does not shrink again. */
export async function scaleRows(sizes: readonly number[]): Promise<Row[]> {
  const rows: Row[] = []
  for (const size of sizes) rows.push(await ownFamilies(size))
  const largest = Math.max(...sizes)
  rows.push(await scheduled(Math.min(largest, perCluster)))
  for (const maxInFlight of [50, 10]) {
    rows.push(await ownFamilies(largest, { maxInFlight }, `, --max-in-flight ${maxInFlight}`))
  }
  rows.push(await oneFamily(largest))
  return rows
}

/** A family for each service: each deploy registers, updates and prunes so many times. */
async function ownFamilies(services: number, settings: Settings = {}, more = ''): Promise<Row> {
  const clusters = Math.ceil(services / perCluster)
  const measured = await deployed(familiesIn(services, clusters, 1), settings)
  const work = { registers: services, updates: services, deregisters: services, rolloutSeconds: await rolloutSeconds() }
  return rowOf(`${counted(services)} with a family each${more}`, services, measured, more === '' ? work : undefined)
}

/** The same with a schedule for each, which moves with the service. */
async function scheduled(services: number): Promise<Row> {
  const declared = familiesIn(services, 1, 1).map((one, index) => ({
    ...one,
    schedules: [{ Name: `nightly-${index}` }],
  }))
  const measured = await deployed(declared, {})
  const work = { registers: services, updates: services, deregisters: services, rolloutSeconds: await rolloutSeconds() }
  return rowOf(`${counted(services)} with a family and a schedule each`, services, measured, work)
}

/** One image for all services: one revision is registered, and one is pruned. */
async function oneFamily(services: number): Promise<Row> {
  const all = familiesIn(services, Math.ceil(services / perCluster), 1)
  const updateServices = all.flatMap((one) => one.updateServices ?? [])
  const measured = await deployed([{ ...all[0]!, updateServices }], {})
  const work = { registers: 1, updates: services, deregisters: 1, rolloutSeconds: await rolloutSeconds() }
  return rowOf(`${counted(services)} of one family`, services, measured, work)
}

async function deployed(declared: Parameters<typeof fleetStage>[0], settings: Settings): Promise<Measured> {
  const stage = fleetStage(declared)
  const measured = await stage.deploy('v2', settings)
  if (measured.exitCode !== 0) throw new Error(`The deploy ended with ${measured.exitCode}: ${measured.summary}`)
  return measured
}

function rowOf(job: string, services: number, measured: Measured, work: Fleet | undefined): Row {
  const { seconds, calls, byOperation, throttled, cpuSeconds, peakMegabytes } = measured
  const floor = work && floorOf(work)
  return {
    job,
    figures: {
      seconds: Math.round(seconds),
      ...(floor !== undefined && { floor: Math.round(floor), ratio: Number((seconds / floor).toFixed(2)) }),
      calls,
      'a service': Number((calls / services).toFixed(1)),
      DescribeServices: byOperation['DescribeServices'] ?? 0,
      throttled,
      'CPU s': Number(cpuSeconds.toFixed(1)),
      'peak MB': peakMegabytes,
    },
    goal: floor === undefined ? '' : '≤ 1.13 of the floor',
    holds: floor === undefined ? undefined : seconds / floor <= 1.13,
  }
}

const counted = (services: number): string => (services === 1 ? '1 service' : `${services} services`)

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const rows = await scaleRows([1, 10, 100, 1_000])
  process.stdout.write(`${tableOf(rows)}\n`)
  process.exitCode = rows.every(({ holds }) => holds !== false) ? 0 : 1
}
