// Proves the package as a stranger gets it: packed, installed into an empty folder, run with tsx under every supported Node,
// in a project of ES modules and in one without `"type"`, and type checked. Needs the registry, and no AWS.
// `npm run test:packed`; the last line is the count.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { definition, typeTest, usesLocal } from './packedProject.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const bin = (name) => join(root, 'node_modules/.bin', name)
const folder = mkdtempSync(join(tmpdir(), 'ecs-task-packed-'))
const counts = { passed: 0, failed: 0 }

try {
  const tarball = pack()
  const installed = install('project', tarball)
  const nodes = [process.execPath, ...[22, 24].map(otherNode).filter(Boolean)]
  for (const node of nodes) {
    testProject({ node, installed, type: 'module' })
    testProject({ node, installed, type: undefined })
  }
  testTypes(installed, 'module', 'nodenext')
  testTypes(installed, 'module', 'bundler')
  testTypes(installed, undefined, 'nodenext')
} finally {
  rmSync(folder, { recursive: true, force: true })
}
console.log(`packed: ${counts.passed} passed, ${counts.failed} failed`)
process.exitCode = counts.failed > 0 ? 1 : 0

/** The tarball, after a look at what is in it. */
function pack() {
  const [{ filename, files }] = JSON.parse(npm(root, 'pack', '--json', '--pack-destination', folder))
  const paths = files.map(({ path }) => path)
  const wanted = [
    'dist/index.js',
    'dist/index.d.ts',
    'dist/cli.js',
    'dist/local.cjs',
    'dist/local.js',
    'README.md',
    'LICENSE',
  ]
  const strays = paths.filter((path) => !/^(dist|templates)\/|^(README\.md|LICENSE|package\.json)$/.test(path))
  const tarball = join(folder, filename)
  check('the package holds what it needs and nothing else', () => {
    expect([...wanted.filter((path) => !paths.includes(path)), ...strays].join(' '), '')
    expect(
      paths.some((path) => path.startsWith('templates/')),
      true,
    )
  })
  check('publint finds nothing', () => run(folder, bin('publint'), tarball, '--strict'))
  check('the types agree with the files, for every way to resolve them that ES modules have', () =>
    run(folder, bin('attw'), tarball, '--profile', 'esm-only'),
  )
  return tarball
}

function install(name, tarball) {
  const directory = join(folder, name)
  mkdirSync(directory)
  writeFileSync(join(directory, 'package.json'), '{ "private": true }')
  npm(directory, 'install', '--prefer-offline', '--no-audit', '--no-fund', tarball)
  return directory
}

/** The binary of another Node, from the registry; nothing where it cannot be had. */
function otherNode(version) {
  const directory = join(folder, `node${version}`)
  mkdirSync(directory)
  try {
    npm(directory, 'install', '--prefer-offline', '--no-save', '--no-audit', '--no-fund', `node@${version}`)
    return join(directory, 'node_modules/node/bin/node')
  } catch (error) {
    console.log(`skipped Node ${version}: it could not be installed (${String(error.message).split('\n')[0]})`)
    return undefined
  }
}

/** A folder in the installed project, so that node_modules is found above it. */
function makeProject(installed, name, type) {
  const directory = join(installed, name)
  mkdirSync(directory)
  writeFileSync(join(directory, 'package.json'), JSON.stringify({ private: true, type }))
  writeFileSync(join(directory, 'web.ts'), definition)
  return directory
}

function testProject({ node, installed, type }) {
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()
  const directory = makeProject(installed, `${version}-${type ?? 'no-type'}`, type)
  const where = `Node ${version}, ${type ? 'ES modules' : 'no "type"'}`
  const tsx = (...words) => spawnUnder(node, directory, join(installed, 'node_modules/.bin/tsx'), ...words)
  const program = (...words) => spawnUnder(node, directory, join(installed, 'node_modules/.bin/ecs-task'), ...words)

  check(`${where}: --help needs nothing and complains of nothing`, () => {
    const { status, stderr } = tsx('web.ts', '--help')
    expect([status, stderr], [0, ''])
  })
  check(`${where}: debug prints the definition as JSON and nothing else`, () => {
    const { status, stdout } = tsx('web.ts', 'debug')
    const members = Object.keys(JSON.parse(stdout))
    expect([status, ...members.toSorted()], [0, 'eventTargets', 'runTasks', 'taskDefinition', 'updateServices'])
  })
  check(`${where}: two deploys and a rollback on the local AWS, each a process of its own`, () => {
    for (const words of [['deploy', 'v1.2.3'], ['deploy', 'v1.2.4'], ['rollback']]) {
      const { status, stderr } = tsx('web.ts', ...words, '--local')
      if (status !== 0) throw new Error(`${words.join(' ')} ended with ${status}: ${stderr}`)
    }
    expect(existsSync(join(directory, '.ecs-task/local.json')), true)
  })
  check(`${where}: a deploy of an image that dies ends 1`, () => {
    expect(tsx('web.ts', 'deploy', 'crash', '--local').status, 1)
  })
  check(`${where}: node --import tsx does as well`, () => {
    expect(spawnUnder(node, directory, node, '--import', 'tsx', 'web.ts', 'debug').status, 0)
  })
  if (type) {
    check(`${where}: the local AWS serves a test of the user's`, () => {
      writeFileSync(join(directory, 'local.ts'), usesLocal)
      const { status, stdout, stderr } = tsx('local.ts')
      expect([status, stdout.trim(), stderr], [0, '400', ''])
    })
  }
  check(`${where}: what init writes deploys as it is`, () => {
    const before = readdirSync(directory, { recursive: true })
    const { status, stderr } = program('init', 'web')
    if (status !== 0) throw new Error(`init ended with ${status}: ${stderr}`)
    const written = readdirSync(directory, { recursive: true }).filter(
      (path) => path.endsWith('.ts') && !before.includes(path),
    )
    expect(written.length, 1)
    const deploy = tsx(written[0], 'deploy', 'v1.2.3', '--local')
    if (deploy.status !== 0) throw new Error(`deploy ended with ${deploy.status}: ${deploy.stderr}`)
  })
  check(`${where}: so does the stack that it writes, and nothing differs then`, () => {
    const stack = ['my-cluster', '-f', '_ecs/stack.yml', '--local']
    for (const words of [
      ['init', 'stack'],
      ['cluster', 'deploy', ...stack, '--no-wait'],
    ]) {
      const { status, stderr } = program(...words)
      if (status !== 0) throw new Error(`${words.join(' ')} ended with ${status}: ${stderr}`)
    }
    const { status, stdout } = program('cluster', 'diff', ...stack, '--json')
    expect([status, stdout.trim()], [0, '[]'])
  })
}

function testTypes(installed, type, moduleResolution) {
  const directory = makeProject(installed, `types-${type ?? 'no-type'}-${moduleResolution}`, type)
  const module = moduleResolution === 'bundler' ? 'preserve' : 'nodenext'
  const compilerOptions = {
    module,
    moduleResolution,
    target: 'es2022',
    lib: ['es2023', 'dom'],
    strict: true,
    noEmit: true,
    types: [],
  }
  writeFileSync(
    join(directory, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { ...compilerOptions, skipLibCheck: true } }),
  )
  writeFileSync(join(directory, 'types.ts'), typeTest)
  if (type) writeFileSync(join(directory, 'local.ts'), usesLocal)
  check(`types under ${moduleResolution}, ${type ? 'ES modules' : 'no "type"'}`, () =>
    run(directory, bin('tsc'), '-p', '.'),
  )
}

/** Runs a program under a given Node, with an environment in which nothing of this machine's AWS settings is left. */
function spawnUnder(node, cwd, file, ...words) {
  const env = {
    PATH: dirname(node) + delimiter + process.env.PATH,
    HOME: folder,
    TMPDIR: tmpdir(),
    AWS_EC2_METADATA_DISABLED: 'true',
  }
  return spawnSync(file, words, { cwd, env, encoding: 'utf8', input: '', timeout: 120_000 })
}

function run(cwd, file, ...words) {
  const { status, stdout, stderr } = spawnSync(file, words, { cwd, encoding: 'utf8', input: '' })
  if (status !== 0) throw new Error(`ended with ${status}: ${stdout}${stderr}`)
}

function npm(cwd, ...words) {
  return execFileSync('npm', words, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

function check(title, body) {
  try {
    body()
    counts.passed++
    console.log(`ok      ${title}`)
  } catch (error) {
    counts.failed++
    console.log(`FAILED  ${title}\n        ${String(error.message).trim().split('\n').join('\n        ')}`)
  }
}

function expect(actual, expected) {
  const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)]
  if (left !== right) throw new Error(`expected ${right}, got ${left}`)
}
