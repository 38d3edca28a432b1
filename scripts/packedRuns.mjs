// Runs first definitions with the packed package: with every runner, in projects of every kind.
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { check, expect, spawnUnder, startUnder, succeed } from './packedChecks.mjs'
import { definition, usesLocal } from './packedProject.mjs'

/** A folder in the installed project, so that node_modules is found above it. */
function makeProject(installed, name, type) {
  const directory = join(installed, name)
  mkdirSync(directory)
  writeFileSync(join(directory, 'package.json'), JSON.stringify({ private: true, type }))
  writeFileSync(join(directory, 'web.ts'), definition)
  return directory
}

const programIn = (installed, name) => join(installed, 'node_modules/.bin', name)
const titleOf = (type) => (type ? `"type": "${type}"` : 'no "type"')

/** All that a stranger does first, under one Node in a project of one type; undefined: package.json names none. */
export async function testProject({ node, installed, type }) {
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()
  const directory = makeProject(installed, `${version}-${type ?? 'no-type'}`, type)
  const where = `Node ${version}, ${titleOf(type)}`
  const tsx = (...words) => spawnUnder(node, directory, programIn(installed, 'tsx'), ...words)
  const program = (...words) => succeed(node, directory, programIn(installed, 'ecs-task'), ...words)

  await check(`${where}: --help needs nothing and complains of nothing`, async () => {
    const { status, stderr } = await tsx('web.ts', '--help')
    expect([status, stderr], [0, ''])
  })
  await check(`${where}: debug prints the definition as JSON and nothing else`, async () => {
    const { status, stdout } = await tsx('web.ts', 'debug')
    const members = Object.keys(JSON.parse(stdout))
    expect(
      [status, ...members.toSorted()],
      [0, 'eventTargets', 'runTasks', 'schedules', 'taskDefinition', 'updateServices'],
    )
  })
  await check(`${where}: node --import tsx does as well`, () =>
    succeed(node, directory, node, '--import', 'tsx', 'web.ts', 'debug'),
  )
  if (type !== 'commonjs' && runsTypeScript(version)) {
    await check(`${where}: Node runs a definition without tsx`, () => succeed(node, directory, node, 'web.ts', 'debug'))
  }
  if (type === undefined) return

  await check(`${where}: two deploys and a rollback on the local AWS, each a process of its own`, async () => {
    for (const words of [['deploy', 'v1.2.3'], ['deploy', 'v1.2.4'], ['rollback']]) {
      const { status, stderr } = await tsx('web.ts', ...words, '--local')
      if (status !== 0) throw new Error(`${words.join(' ')} ended with ${status}: ${stderr}`)
    }
    expect(existsSync(join(directory, '.ecs-task/local.json')), true)
  })
  await check(`${where}: a deploy of an image that dies ends 1`, async () => {
    expect((await tsx('web.ts', 'deploy', 'crash', '--local')).status, 1)
  })
  if (type === 'module') {
    await check(`${where}: the local AWS serves a test of the user's`, async () => {
      writeFileSync(join(directory, 'local.ts'), usesLocal)
      const { status, stdout, stderr } = await tsx('local.ts')
      expect([status, stdout.trim(), stderr], [0, '400', ''])
    })
  } else {
    await check(`${where}: require finds the package, and says nothing`, async () => {
      const words = [
        '-p',
        "const { EcsTask } = require('ecs-task'); require('ecs-task/local').startLocalAws && EcsTask.name",
      ]
      const { stdout, stderr } = await succeed(node, directory, node, ...words)
      expect([stdout.trim(), stderr], ['EcsTask', ''])
    })
  }
  await check(`${where}: what init writes deploys as it is, with tsx`, async () => {
    await program('init', 'web')
    expect(readdirSync(join(directory, '_ecs')).toSorted(), type === 'module' ? ['web.ts'] : ['package.json', 'web.ts'])
    await succeed(node, directory, programIn(installed, 'tsx'), '_ecs/web.ts', 'deploy', 'v1.2.5', '--local')
  })
  await check(`${where}: and with node --import tsx`, () =>
    succeed(node, directory, node, '--import', 'tsx', '_ecs/web.ts', 'deploy', 'v1.2.6', '--local'),
  )
  if (runsTypeScript(version)) {
    await check(`${where}: and with Node alone`, () =>
      succeed(node, directory, node, '_ecs/web.ts', 'deploy', 'v1.2.7', '--local'),
    )
  }
  await check(`${where}: so does the stack that it writes, and nothing differs then`, async () => {
    const stack = ['my-cluster', '-f', '_ecs/stack.yml', '--local']
    await program('init', 'stack')
    await program('cluster', 'deploy', ...stack, '--no-wait')
    const { stdout } = await program('cluster', 'diff', ...stack, '--json')
    expect(stdout.trim(), '[]')
  })
}

/** 22.18 and 24 run TypeScript that has nothing but types to take away. */
function runsTypeScript(version) {
  const [major, minor] = version.slice(1).split('.').map(Number)
  return major > 22 || (major === 22 && minor >= 18)
}

/** Bun runs the same files, in a project of each type. */
export async function testBun({ bun, installed, type }) {
  const directory = makeProject(installed, `bun-${type ?? 'no-type'}`, type)
  const where = `Bun, ${titleOf(type)}`
  await check(`${where}: debug prints the definition`, () => succeed(bun, directory, bun, 'web.ts', 'debug'))
  await check(`${where}: what init writes deploys as it is`, async () => {
    await succeed(process.execPath, directory, programIn(installed, 'ecs-task'), 'init', 'web')
    await succeed(bun, directory, bun, '_ecs/web.ts', 'deploy', 'v1.2.3', '--local')
  })
}

/** `npx ecs-task local` ends, and frees its state file, however it is told to. */
export async function testNpxLocal(installed) {
  const directory = makeProject(installed, 'npx-local', 'module')
  const lock = join(directory, 'world.json.lock')
  const ways = {
    'SIGTERM to npx': (npx) => npx.kill('SIGTERM'),
    // As a terminal does: every process in the foreground gets it.
    'Ctrl-C': (npx) => process.kill(-npx.pid, 'SIGINT'),
  }
  for (const [way, end] of Object.entries(ways)) {
    await check(`npx ecs-task local ends, and frees its state file: ${way}`, async () => {
      const words = ['ecs-task', 'local', '--port', '0', '--state', 'world.json']
      const npx = startUnder(process.execPath, directory, 'npx', words, { detached: true })
      await once(npx.stdout, 'data')
      expect(existsSync(lock), true)
      end(npx)
      // The server writes there, too: it is closed when both have ended.
      await once(npx, 'close')
      expect(existsSync(lock), false)
    })
  }
}
