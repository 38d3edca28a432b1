/**
 * `npm run bench [-- 31]`: deploys beside the Python original's, against an AWS that answers after 30 ms; then the start. Medians
 * of so many runs by turns. Compare rows of one run only, and ratios rather than milliseconds. It ends with 1 where a goal is missed.
 */
import { pythonWith } from '../test/clients/python.ts'
import { fleetRows } from './fleet.ts'
import { type Job, jobs } from './jobs.ts'
import { type Figures, type Run, medians } from './measure.ts'
import { installNodes } from './nodes.ts'
import { makeProjects } from './projects.ts'
import { type Row, tableOf } from './row.ts'
import { startStandIn } from './standIn.ts'

const rounds = Number(process.argv[2] ?? 15)
/** A deploy that waits for its bucket takes five seconds, and the same every time. */
const fewRounds = Math.min(rounds, 3)
const deploy = ['deploy', 'v1', '--no-wait']

/** What each job may take, as a share of what the original takes, and in calls. */
const goals: readonly {
  readonly job: Job
  readonly share: number
  readonly shareByTsx?: number
  readonly calls?: number
}[] = [
  { job: jobs.one, share: 0.6, shareByTsx: 1 },
  { job: jobs.onePruned, share: 0.5, calls: 22 },
  { job: jobs.twenty, share: 0.25 },
  { job: jobs.twentyPruned, share: 0.25 },
]

/** 18 calls at once, one of which registers, then 0.9 a second. */
const bucketAllows = Math.round(((1 + jobs.emptyBucket.prune - 18) / 0.9) * 1000)
const mostForStart = 90

const standIn = await startStandIn()
const projects = makeProjects(standIn.url)
try {
  const nodes = await installNodes(projects.folder)
  const { program: python } = {
    program: undefined,
    ...pythonWith(new URL('../test/clients/requirements.txt', import.meta.url)),
  }
  const [oldest, newest] = [nodes.get(20), nodes.get(24)]
  const plan = goals.map(({ job, ...goal }) => ({
    job,
    goal,
    original: python === undefined ? undefined : projects.byPython(python, job, 'deploy', 'v1'),
    own: newest === undefined ? undefined : projects.byProgram(newest, job, ...deploy),
    tsx: oldest === undefined ? undefined : projects.byTsx(oldest, job, ...deploy),
  }))
  const bucket =
    newest === undefined ? undefined : { ...projects.byProgram(newest, jobs.emptyBucket, ...deploy), rounds: fewRounds }
  const start = newest === undefined ? undefined : projects.byProgram(newest, jobs.one, 'debug')
  const runs = [...plan.flatMap(({ original, own, tsx }) => [original, own, tsx]), bucket, start]
  const found = await medians(
    runs.filter((run) => run !== undefined),
    standIn,
    rounds,
  )
  const figuresOf = (run: Run | undefined): Figures | undefined => run && found.get(run)

  const rows: Row[] = [
    ...plan.flatMap(({ job, goal, original, own, tsx }) => {
      const theirs = figuresOf(original)
      return [
        row(`${job.name}: Python original`, theirs ?? 'Python is not there'),
        compared(`${job.name}: ecs-task, Node 24`, figuresOf(own) ?? 'Node 24 is not there', theirs, goal),
        compared(`${job.name}: tsx, Node 20`, figuresOf(tsx) ?? 'Node 20 is not there', theirs, {
          share: goal.shareByTsx,
          calls: goal.calls,
        }),
      ]
    }),
    within(`${jobs.emptyBucket.name}: ecs-task, Node 24`, figuresOf(bucket), bucketAllows * 1.1),
    within('start: debug, whole process: ecs-task, Node 24', figuresOf(start), mostForStart),
    ...(await fleetRows()),
  ]
  console.log(`Node ${process.version} and others, medians of ${rounds}\n\n${tableOf(rows)}`)
  if (rows.some(({ holds }) => holds === false)) process.exitCode = 1
} finally {
  standIn.close()
  projects.remove()
}

function row(job: string, measured: Figures | string): Row {
  if (typeof measured === 'string') return { job, figures: {}, goal: measured, holds: undefined }
  const { milliseconds, calls, wire } = measured
  const onWire = calls > 0 ? { calls, 'ms on the wire': Math.round(wire) } : {}
  return { job, figures: { ms: Math.round(milliseconds), ...onWire }, goal: '', holds: undefined }
}

function compared(
  job: string,
  measured: Figures | string,
  theirs: Figures | undefined,
  { share, calls = Infinity }: { readonly share?: number | undefined; readonly calls?: number | undefined },
): Row {
  const { figures, goal: missing } = row(job, measured)
  if (typeof measured === 'string') return { job, figures, goal: missing, holds: undefined }
  const ratio = theirs && measured.milliseconds / theirs.milliseconds
  const goal = [
    share === undefined ? [] : theirs ? `≤ ${share} of Python's` : `≤ ${share} of Python's, which is not there`,
    calls < Infinity ? `≤ ${calls} calls` : [],
  ].flat()
  const isJudged = calls < Infinity || (share !== undefined && theirs !== undefined)
  const isFast = share === undefined || ratio === undefined || ratio <= share
  return {
    job,
    figures: { ...figures, ...(ratio !== undefined && { "of Python's": ratio.toFixed(2) }) },
    goal: goal.join(', '),
    holds: isJudged ? isFast && measured.calls <= calls : undefined,
  }
}

function within(job: string, measured: Figures | undefined, most: number): Row {
  const { figures } = row(job, measured ?? 'Node 24 is not there')
  const holds = measured && measured.milliseconds <= most
  return { job, figures, goal: measured ? `≤ ${Math.round(most)} ms` : 'Node 24 is not there', holds }
}
