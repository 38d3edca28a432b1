// Plants small faults in the engine, one at a time, and reports which of them no test notices.
//
//   npm run mutate -- --count 100 --seed 1 [--in engine,rollout,deploy]
//
// Each fault is planted in a copy of the project, so that the working tree is never touched. First all tests are run once to see
// which of them run which functions: a fault is then shown only to those that run its function, those of its own room first. What
// they don't notice has to compile and to pass the tests of the program too before it counts as survived; an endless loop counts
// as noticed. Exits with 1 when a fault survives that `survivors` does not explain.
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { chosen, marked, planted, shown } from './mutate/mutants.mjs'
import { survivors } from './mutantsThatSurvive.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values: options } = parseArgs({
  options: {
    count: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    in: { type: 'string', default: 'engine,rollout,deploy' },
  },
})
/** The tests that run the source in their own process. */
const suites = [
  'engine',
  'rollout',
  'deploy',
  'aws',
  'cluster',
  'instances',
  'output',
  'hostile',
  'simulation/simulation',
]
/** Those of the program, which start the built one too. */
const program = ['test/commands', 'test/hostile/badDefinitions.test.ts']

function copyOfProject() {
  const copy = mkdtempSync(join(tmpdir(), 'mutate-'))
  for (const part of [
    'src',
    'test',
    'scripts',
    'bench',
    'templates',
    '_ecs',
    'docs',
    'dist',
    'README.md',
    'CHANGELOG.md',
    'package.json',
    'tsconfig.json',
    'vitest.config.ts',
  ])
    cpSync(join(root, part), join(copy, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  return copy
}

/** Whether a program of node_modules ends with 0 in a copy. Killed after so many seconds, it has not. */
function succeeds(copy, [script, ...args], { seconds, env = {} }) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join('node_modules', script), ...args], {
      cwd: copy,
      stdio: 'ignore',
      detached: true,
      env: { ...process.env, ...env },
    })
    const timer = setTimeout(() => process.kill(-Number(child.pid), 'SIGKILL'), seconds * 1000)
    child.on('exit', (code) => {
      clearTimeout(timer)
      resolve(code === 0)
    })
  })
}

const vitest = ['vitest/vitest.mjs', 'run', '--bail=1', '--reporter=dot', '--testTimeout=120000']
const inProcess = [...vitest, '--config', 'scripts/mutate/vitest.config.mjs']

/**
 * By fault: the tests that run the part of a function that it is in, by their file; all tests for one that stands in no
 * function. A file that runs it outside of its tests has all of them.
 */
async function reach(mutants) {
  const copy = copyOfProject()
  for (const file of new Set(mutants.map((mutant) => mutant.file))) {
    const path = join(copy, file)
    const marks = mutants.flatMap((mutant) => (mutant.file === file && mutant.mark) || [])
    writeFileSync(path, marked(readFileSync(path, 'utf8'), file, marks))
  }
  const report = join(copy, 'report')
  const tests = suites.map((suite) => `test/${suite}`)
  if (!(await succeeds(copy, [...inProcess, ...tests], { seconds: 1800, env: { MUTATE_REPORT: report } }))) {
    console.error('The tests fail as they are: mend them first.')
    process.exit(2)
  }
  const lines = readFileSync(report, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  rmSync(copy, { recursive: true })
  const all = lines.filter(({ test }) => test !== undefined)
  return mutants.map(({ file, mark }) => {
    if (!mark) return all
    const hits = lines.filter(({ marks }) => marks.includes(`${file} ${mark.start}`))
    const whole = new Set(hits.filter(({ test }) => test === undefined).map((hit) => hit.file))
    return all.filter((one) => whole.has(one.file) || hits.includes(one))
  })
}

/** Test files by path with the names of their tests: those nearest to a source file first, of these the quickest. */
function ordered(tests, source) {
  const roomOf = (path) => path.split('/')[1]
  const distance = (file) =>
    roomOf(file) === roomOf(source) ? -1 : suites.findIndex((suite) => suite.startsWith(roomOf(file)))
  const files = [...new Set(tests.map(({ file }) => file))].map((file) => {
    const own = tests.filter((one) => one.file === file)
    const milliseconds = own.reduce((sum, one) => sum + one.milliseconds, 0)
    return { file, names: own.map(({ test }) => test), rank: [distance(file), milliseconds] }
  })
  const ranked = files.toSorted(
    ({ rank: [near, quick] }, { rank: [nearOther, quickOther] }) => near - nearOther || quick - quickOther,
  )
  return Object.fromEntries(ranked.map(({ file, names }) => [file, names]))
}

async function survives(copy, mutant, tests) {
  const path = join(copy, mutant.file)
  const text = readFileSync(path, 'utf8')
  const only = ordered(tests, mutant.file)
  const files = Object.keys(only)
  const [list, seconds] = [
    join(copy, 'only.json'),
    60 + tests.reduce((sum, { milliseconds }) => sum + milliseconds, 0) * 0.006,
  ]
  writeFileSync(list, JSON.stringify(only))
  writeFileSync(path, planted(text, mutant))
  try {
    return (
      (files.length === 0 ||
        (await succeeds(copy, [...inProcess, ...files], { seconds, env: { MUTATE_ONLY: list } }))) &&
      (await succeeds(copy, ['typescript/bin/tsc', '-p', 'tsconfig.json'], { seconds: 300 })) &&
      (await succeeds(copy, [...vitest, ...program], { seconds: 900 }))
    )
  } finally {
    writeFileSync(path, text)
  }
}

const mutants = chosen(root, options.in.split(','), { count: Number(options.count), seed: Number(options.seed) })
const reaching = await reach(mutants)
const left = [...mutants.entries()]
const alive = []
const workers = Array.from({ length: Math.max(1, Math.min(cpus().length, 4)) }, async () => {
  const copy = copyOfProject()
  for (let next = left.shift(); next; next = left.shift()) {
    const [index, mutant] = next
    const lives = await survives(copy, mutant, reaching[index])
    const { place, before, after } = shown(root, mutant)
    const explained = survivors.some((one) => one.file === mutant.file && one.before === before && one.after === after)
    if (lives) alive.push({ explained })
    const word = lives ? (explained ? 'explained' : 'SURVIVES ') : 'noticed  '
    console.log(`${String(index + 1).padStart(3)}/${mutants.length} ${word} ${place}  ${before}  →  ${after}`)
  }
  rmSync(copy, { recursive: true })
})
await Promise.all(workers)

const share = ((100 * alive.length) / mutants.length).toFixed(1)
const unexplained = alive.filter(({ explained }) => !explained).length
console.log(
  `\n${mutants.length - alive.length} of ${mutants.length} noticed; ${alive.length} survived (${share} %), ${unexplained} of them unexplained.`,
)
process.exitCode = unexplained > 0 ? 1 : 0
