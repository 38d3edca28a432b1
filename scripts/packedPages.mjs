// Runs every block of code in the pages of the packed package, as it stands. What nothing runs fails.
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { check, endOf, expect, startUnder } from './packedChecks.mjs'
import { importedFiles, makePageProject, pauseDeployments, startPageAws } from './packedPageProject.mjs'
import { blocksOf, commandLinesOf, commandsOfCi, isUsage, showsCommand } from './pageBlocks.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

/** How a block of each language runs; a language that is not here fails. */
const kinds = {
  ts: runTypeScript,
  sh: runShell,
  yaml: runYaml,
  json: ({ text }) => JSON.parse(text),
  python: leave,
  '': runOutput,
}

/**
 * How a line of a shell runs; one that is none of these fails. The local AWS gets a free port, as others may run on this
 * machine. `npm run test:clients` has Python and the AWS CLI, and runs what is left here.
 */
const lineKinds = [
  [/^npm install ecs-task$/, isInstalled],
  [/^npm ci && npx /, (line, place) => runCommand(line.replace('npm ci && ', ''), place)],
  [/^npm (ci && npm )?(test|run [\w:-]+|version)\b/, isOfRepository],
  [/^(export AWS_\w+=|aws )/, leave],
  // They need tasks that log, and the plugin of Session Manager; `test/commands` runs them.
  [/^(npx )?ecs-task (logs|exec) /, leave],
  [/^(npx )?ecs-task local\b/, startLocal],
  [/^ecs-task continue /, runContinue],
  [/^test "\$\(/, runTest],
  [/^(npx )?(ecs-task|tsx) /, runCommand],
]

/** A job for each page that has blocks, after one that compiles all their TypeScript at once. */
export function pageJobs(installed) {
  const folder = join(installed, 'node_modules/ecs-task')
  const docs = readdirSync(join(folder, 'docs'), { recursive: true, encoding: 'utf8' }).map((file) => `docs/${file}`)
  const pages = ['README.md', 'CHANGELOG.md', ...docs.filter((file) => file.endsWith('.md')).toSorted()]
    .map((page) => ({ page, blocks: blocksOf(readFileSync(join(folder, page), 'utf8')) }))
    .filter(({ blocks }) => blocks.length > 0)
    .map(({ page, blocks }) => ({ page, blocks, place: { installed, folder: makePageProject(installed, page) } }))
  for (const { blocks, place } of pages) {
    for (const block of blocks.filter(({ language }) => language === 'ts')) {
      writeFileSync(join(place.folder, fileOf(block)), block.text)
    }
  }
  return [() => compileBlocks(installed), ...pages.map((page) => () => runPage(page))]
}

const fileOf = ({ line }) => `line-${line}.ts`

function compileBlocks(installed) {
  const compilerOptions = {
    module: 'nodenext',
    target: 'es2022',
    strict: true,
    noImplicitOverride: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
  }
  const config = join(installed, 'pages/tsconfig.json')
  writeFileSync(config, JSON.stringify({ compilerOptions, include: ['*/*.ts'] }))
  return check('the TypeScript of all pages compiles', () => {
    const { stdout } = spawnSync(join(root, 'node_modules/.bin/tsc'), ['-p', config], { encoding: 'utf8' })
    expect(stdout, '')
  })
}

/** Each block has a local AWS of its own, which is started when the first command asks for it. */
async function runPage({ page, blocks, place }) {
  for (const block of blocks) {
    const started = []
    const aws = async () => {
      if (started.length === 0) started.push(await startPageAws(place.folder, programIn(place, 'ecs-task')))
      return started[0]
    }
    await check(`${page}:${block.line}: ${block.language || 'output'}`, async () => {
      if (!Object.hasOwn(kinds, block.language)) throw new Error(`Nothing runs a block of ${block.language}.`)
      await kinds[block.language](block, { ...place, aws })
    })
    for (const { stop } of started) await stop()
  }
}

/** A file with a class's command line prints its definition; any other does what it does. */
async function runTypeScript(block, place) {
  const words = block.text.includes('.main(') ? ' debug' : ''
  await runCommand(`tsx ${fileOf(block)}${words}`, place)
}

/** A block that writes a first definition runs in a folder of its own, where there is none yet. */
async function runShell({ text }, place) {
  const lines = commandLinesOf(text)
  const folder = lines.some((line) => /ecs-task init\b/.test(line)) ? emptyProject(place.folder) : place.folder
  for (const line of needsOf(lines)) await runCommand(line, place)
  for (const line of lines) {
    const [, run] = lineKinds.find(([pattern]) => pattern.test(line)) ?? []
    if (!run) throw new Error(`Nothing runs this line: ${line}`)
    await run(line, { ...place, folder })
  }
}

/** What has to be there before the commands of a block. */
function needsOf(lines) {
  const is = (pattern) => lines.some((line) => pattern.test(line))
  if (is(/^ecs-task rollback /)) return ['ecs-task deploy v1.2.2 _ecs/web.ts', 'ecs-task deploy v1.2.3 _ecs/web.ts']
  if (is(/^ecs-task (service|cluster) (destroy|describe) /)) return ['ecs-task cluster deploy my-cluster -f stack.yml']
  return []
}

function emptyProject(parent) {
  const folder = mkdtempSync(join(parent, 'empty-'))
  for (const [file, text] of Object.entries(importedFiles)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  return folder
}

/** A stack is planned; of a workflow, the commands of its steps run. */
async function runYaml({ text }, place) {
  const value = parse(text)
  if (value.services) {
    const folder = emptyProject(place.folder)
    writeFileSync(join(folder, 'stack.yml'), text)
    return runCommand('ecs-task cluster diff my-cluster -f stack.yml --local', { ...place, folder })
  }
  // What installs, or asks the CI for a token, is not ours.
  const lines = commandsOfCi(value).filter((line) => /\becs-task /.test(line))
  if (lines.length === 0) throw new Error('It is neither a stack nor a workflow with a command.')
  for (const line of lines) await runCommand(line, place)
}

/** What a command prints is not run; a usage line is the one that `--help` shows. */
async function runOutput({ text }, place) {
  if (!isUsage(text)) return expect(showsCommand(text), false)
  const command = text.split(/ [<[]|\n/)[0]
  const { stdout } = await runCommand(`${command} --help`, place)
  if (!stdout.includes(text.trim())) throw new Error(`${command} --help shows another usage: ${stdout}`)
}

/** How a line may end that need not end with 0: a tag that crashes fails, what is verified may lack, what is compared may differ. */
const otherEndings = [
  [/ deploy crash /, [1]],
  [/\bverify\b/, [0, 2]],
  [/ --exit-code\b/, [0, 6]],
]

/** Runs a line as a shell does. */
async function runCommand(line, place) {
  const env = await envOf(line, place)
  const child = startUnder(process.execPath, place.folder, 'bash', ['-o', 'pipefail', '-c', line], { env })
  const { status, stdout, stderr } = await endOf(child)
  const [, wanted] = otherEndings.find(([pattern]) => pattern.test(line)) ?? [undefined, [0]]
  if (!wanted.includes(status))
    throw new Error(`${line}\nended with ${status}, not ${wanted.join(' or ')}: ${stdout}${stderr}`)
  return { stdout }
}

/** It needs a deployment that is paused. */
async function runContinue(line, place) {
  await pauseDeployments((await place.aws()).url)
  await runCommand('ecs-task deploy v1.2.4 _ecs/web.ts --until paused', place)
  await runCommand(line, place)
}

/** The command in a `test "$(…)"` has to succeed, as `test` does not tell; what it compares is then true or not. */
async function runTest(line, place) {
  const [, command] = /\$\((.*)\)/.exec(line)
  const { stdout } = await runCommand(command, place)
  await runCommand(line.replace(/= \d+$/, `= ${stdout.trim()}`), place)
}

async function envOf(line, { installed, folder, aws }) {
  const bin = join(installed, 'node_modules/.bin')
  return {
    PATH: [dirname(process.execPath), bin, process.env.PATH].join(delimiter),
    HOME: folder,
    TMPDIR: folder,
    AWS_EC2_METADATA_DISABLED: 'true',
    TAG: 'v1',
    ...Object.fromEntries(
      ['GITHUB_REF_NAME', 'CI_COMMIT_TAG', 'CIRCLE_TAG', 'BUILDKITE_TAG', 'IMAGE_TAG'].map((name) => [name, 'v1.2.3']),
    ),
    ...(!line.includes('--local') && {
      AWS_ENDPOINT_URL: (await aws()).url,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    }),
  }
}

const programIn = ({ installed }, name) => join(installed, 'node_modules/.bin', name)

/** It is the tarball that is installed. */
function isInstalled(_line, place) {
  expect(existsSync(programIn(place, 'ecs-task')), true)
}

/** What is for a clone of the repository, which the package is not, names a script of it. */
function isOfRepository(line) {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const [, script] = /\bnpm (?:run )?(test|(?<=run )[\w:-]+)/.exec(line) ?? []
  if (script) expect(Object.hasOwn(scripts, script), true)
}

/** Starts a local AWS, and ends it when it is ready. */
async function startLocal(line, place) {
  const words = ['ecs-task', ...line.replace('npx ', '').split(' ').slice(1), '--port', '0']
  // It asks no AWS.
  const env = await envOf('--local', place)
  const child = startUnder(process.execPath, place.folder, 'npx', words, { env })
  const ended = endOf(child)
  await Promise.race([once(child.stdout, 'data'), ended])
  child.kill('SIGTERM')
  const { stdout, stderr } = await ended
  if (!/^http:\/\/127\.0\.0\.1:\d+\n$/.test(stdout)) throw new Error(`${line}: ${stdout}${stderr}`)
}

function leave() {}
