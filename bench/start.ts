/**
 * `npm run bench:start [-- 31]`: what a start costs under each Node that users have, by the program itself and by tsx. Medians of so
 * many runs by turns; compare rows of one run only.
 */
import { jobs } from './jobs.ts'
import { type Run, medians } from './measure.ts'
import { installNodes } from './nodes.ts'
import { makeProjects } from './projects.ts'
import { tableOf } from './row.ts'
import { startStandIn } from './standIn.ts'

const rounds = Number(process.argv[2] ?? 15)
const standIn = await startStandIn()
const projects = makeProjects(standIn.url)
const { one } = jobs

/** What is measured under one Node. The first two are what a start takes that does nothing. */
function runsUnder(node: string): readonly (readonly [string, Run])[] {
  return [
    ['node -e 0', projects.nothing(node, 'node')],
    ['tsx on an empty file', projects.nothing(node, 'tsx')],
    ['ecs-task debug', projects.byProgram(node, one, 'debug')],
    ['ecs-task deploy, to its first request', { ...projects.byProgram(node, one, 'deploy', 'v1'), isToRequest: true }],
    ['tsx: --help', projects.byTsx(node, one, '--help')],
    ['tsx: debug', projects.byTsx(node, one, 'debug')],
    ['tsx: deploy, to its first request', { ...projects.byTsx(node, one, 'deploy', 'v1'), isToRequest: true }],
  ]
}

try {
  const nodes = await installNodes(projects.folder)
  const named = [...nodes].flatMap(([major, node]) =>
    runsUnder(node).map(([name, run]) => ({ job: `Node ${major}: ${name}`, run, empty: `Node ${major}: node -e 0` })),
  )
  const found = await medians(
    named.map(({ run }) => run),
    standIn,
    rounds,
  )
  const took = new Map(named.map(({ job, run }) => [job, found.get(run)?.milliseconds ?? Number.NaN]))
  const rows = named.map(({ job, empty }) => {
    const ms = took.get(job) ?? Number.NaN
    const figures = { ms: Math.round(ms), 'times an empty one': (ms / (took.get(empty) ?? Number.NaN)).toFixed(1) }
    return { job, figures, goal: '', holds: undefined }
  })
  console.log(`Medians of ${rounds}\n\n${tableOf(rows)}`)
} finally {
  standIn.close()
  projects.remove()
}
