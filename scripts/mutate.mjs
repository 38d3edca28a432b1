// Plants small faults in the engine, one at a time, and reports which of them no test notices.
//
//   npm run mutate -- --count 100 --seed 1 [--in engine,rollout,deploy]
//
// Each fault is planted in a copy of the project, so that the working tree is never touched. What does not compile, or ends
// in an endless loop, counts as noticed. Exits with 1 when a fault survives that `survivors` does not explain.
import { spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { parseAst } from 'vitest/node'
import { survivors } from './mutantsThatSurvive.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values: options } = parseArgs({
  options: {
    count: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    in: { type: 'string', default: 'engine,rollout,deploy' },
  },
})
const rooms = options.in.split(',')
/** Milliseconds after which the tests of a fault are taken to run in circles. */
const patience = 240_000
/** The quickest that may notice first. */
const suites = [
  ['test/engine', 'test/rollout', 'test/deploy'],
  ['test/cluster', 'test/instances', 'test/simulation/simulation.test.ts', 'test/hostile'],
]

const swaps = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '===': '!==',
  '!==': '===',
  '&&': '||',
  '||': '&&',
  '??': '&&',
  '+': '-',
  '-': '+',
  '*': '/',
}
const methods = {
  some: 'every',
  every: 'some',
  toSorted: 'slice',
  find: 'findLast',
  findLast: 'find',
  min: 'max',
  max: 'min',
}

/** The faults that can be planted in a text: where, and what stands there instead. */
function mutantsOf(file) {
  const text = readFileSync(join(root, file), 'utf8')
  const found = []
  const replace = (start, end, by) => found.push({ file, start, end, was: text.slice(start, end), by })
  const visit = (node) => {
    if (
      node.type?.startsWith('TS') &&
      !['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression'].includes(node.type)
    )
      return
    if (node.type === 'ImportDeclaration') return
    if (node.type === 'BinaryExpression' || node.type === 'LogicalExpression') {
      const at = text.indexOf(node.operator, node.left.end)
      if (swaps[node.operator] && !(node.operator === '+' && /['"`]/.test(text.slice(node.start, node.end))))
        replace(at, at + node.operator.length, swaps[node.operator])
    }
    if (node.type === 'UnaryExpression' && node.operator === '!') replace(node.start, node.start + 1, '')
    if (node.type === 'AwaitExpression') replace(node.start, node.start + 'await'.length, 'void')
    if (node.type === 'Literal' && typeof node.value === 'number') replace(node.start, node.end, String(node.value + 1))
    if (node.type === 'Literal' && typeof node.value === 'boolean') replace(node.start, node.end, String(!node.value))
    if (node.type === 'MemberExpression' && !node.computed && methods[node.property.name])
      replace(node.property.start, node.property.end, methods[node.property.name])
    for (const child of Object.values(node).flat()) if (typeof child?.type === 'string') visit(child)
  }
  visit(parseAst(text, { lang: 'ts' }))
  return found
}

/** The same numbers for the same seed. */
function random(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function chosen() {
  const files = rooms.flatMap((room) =>
    readdirSync(join(root, 'src', room), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => `src/${room}/${file}`),
  )
  const all = files.toSorted((one, other) => (one < other ? -1 : 1)).flatMap(mutantsOf)
  const next = random(Number(options.seed))
  const some = new Set()
  while (some.size < Math.min(Number(options.count), all.length)) some.add(all[Math.floor(next() * all.length)])
  return [...some]
}

function copyOfProject() {
  const copy = mkdtempSync(join(tmpdir(), 'mutate-'))
  for (const part of [
    'src',
    'test',
    'scripts',
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

/** Whether the tests pass in a copy. */
function passes(copy, files) {
  return new Promise((resolve) => {
    const child = spawn('npx', ['vitest', 'run', '--bail=1', '--reporter=dot', '--testTimeout=120000', ...files], {
      cwd: copy,
      stdio: 'ignore',
      detached: true,
    })
    const timer = setTimeout(() => process.kill(-Number(child.pid), 'SIGKILL'), patience)
    child.on('exit', (code) => {
      clearTimeout(timer)
      resolve(code === 0)
    })
  })
}

const compiles = (copy) => spawnSync('npx', ['tsc', '-p', 'tsconfig.json'], { cwd: copy, stdio: 'ignore' }).status === 0

async function survives(copy, { file, start, end, by }) {
  const path = join(copy, file)
  const text = readFileSync(path, 'utf8')
  writeFileSync(path, text.slice(0, start) + by + text.slice(end))
  try {
    if (!compiles(copy)) return false
    for (const files of suites) if (!(await passes(copy, files))) return false
    return true
  } finally {
    writeFileSync(path, text)
  }
}

const mutants = chosen()
const sound = copyOfProject()
for (const files of suites) {
  if (await passes(sound, files)) continue
  console.error(`The tests in ${files.join(', ')} fail as they are: mend them first.`)
  process.exit(2)
}
rmSync(sound, { recursive: true })
const left = [...mutants.entries()]
const alive = []
const workers = Array.from({ length: Math.max(1, Math.min(cpus().length, 4)) }, async () => {
  const copy = copyOfProject()
  for (let next = left.shift(); next; next = left.shift()) {
    const [index, mutant] = next
    const line = readFileSync(join(root, mutant.file), 'utf8').slice(0, mutant.start).split('\n').length
    const name = `${mutant.file}:${line} ${mutant.was} → ${mutant.by || 'nothing'}`
    const lives = await survives(copy, mutant)
    if (lives) alive.push(name)
    console.log(`${String(index + 1).padStart(3)}/${mutants.length} ${lives ? 'SURVIVES' : 'noticed '} ${name}`)
  }
  rmSync(copy, { recursive: true })
})
await Promise.all(workers)

const unexplained = alive.filter((name) => !survivors.some(({ mutant }) => name.replace(/:\d+ /, ' ') === mutant))
console.log(
  `\n${mutants.length - alive.length} of ${mutants.length} noticed, ${alive.length} survived (${((100 * alive.length) / mutants.length).toFixed(1)} %).`,
)
for (const name of alive) console.log(`  ${unexplained.includes(name) ? 'unexplained' : 'explained  '} ${name}`)
process.exitCode = unexplained.length > 0 ? 1 : 0
