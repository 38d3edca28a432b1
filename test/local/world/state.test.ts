import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openState } from '../../../src/local/world/state.ts'
import { emptyRegion, emptyWorld } from '../../../src/local/world/world.ts'
import type { World } from '../../../src/local/world/world.ts'
import type { ShownCluster } from '../../../src/local/ecs/shown/records.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ecs-task-'))
  file = join(folder, 'deep', 'local.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

const worldAt = (now: number): World => {
  const world = emptyWorld(now)
  world.regions['eu-west-1'] = emptyRegion('eu-west-1', world.account)
  world.regions['eu-west-1'].clusters.shop = { cluster: { clusterName: 'shop' } as ShownCluster }
  return world
}

/** A file as an earlier process left it, and its lock as given. */
const left = (text: string | undefined, lock?: string): void => {
  openState(file).release()
  if (text !== undefined) writeFileSync(file, text)
  if (lock !== undefined) writeFileSync(`${file}.lock`, lock)
}

test('a new state file is empty, and its folder is created', () => {
  const state = openState(file)
  expect(state.world).toBeUndefined()
  expect(existsSync(join(folder, 'deep'))).toBe(true)
  state.release()
})

test('a saved state is loaded whole, and no other file is left on the disk', () => {
  const state = openState(file)
  state.save(worldAt(5))
  state.save(worldAt(7))
  state.release()
  const again = openState(file)
  expect(again.world).toEqual(worldAt(7))
  again.release()
  expect(readdirSync(join(folder, 'deep'))).toEqual(['local.json'])
})

test('an interrupted save keeps the former state', () => {
  const state = openState(file)
  state.save(worldAt(5))
  state.release()
  // What a crash between writing and renaming leaves behind.
  writeFileSync(`${file}.tmp`, JSON.stringify(worldAt(7)).slice(0, 40))
  const again = openState(file)
  expect(again.world).toEqual(worldAt(5))
  again.save(worldAt(9))
  again.release()
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(worldAt(9))
})

const source = (path: string): string =>
  JSON.stringify(fileURLToPath(new URL(`../../../src/local/world/${path}`, import.meta.url)))

test('a process that is killed during a save loses nothing that it had saved', async () => {
  const script = `
    const { openState } = await import(${source('state.ts')})
    const { emptyWorld } = await import(${source('world.ts')})
    const state = openState(${JSON.stringify(file)})
    const world = { ...emptyWorld(0), account: 'x'.repeat(2_000_000) }
    for (;;) { world.now += 1; state.save(world); process.stdout.write(world.now + '\\n') }`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let saved = 0
  for await (const line of createInterface({ input: child.stdout })) {
    saved = Number(line)
    if (saved === 5) child.kill('SIGKILL')
  }
  if (child.signalCode === null) await once(child, 'exit')
  expect(child.signalCode).toBe('SIGKILL')
  const state = openState(file)
  expect(state.world!.now).toBeGreaterThanOrEqual(saved)
  expect(state.world!.account).toHaveLength(2_000_000)
  state.release()
})

test('an open state cannot be opened again until it is released', () => {
  const state = openState(file)
  expect(() => openState(file)).toThrow(`${file} is in use by process ${process.pid}.`)
  state.release()
  openState(file).release()
})

test('a state that another running process has open is refused and left alone', () => {
  left(undefined, `${process.ppid}\n`)
  expect(() => openState(file)).toThrow(`${file} is in use by process ${process.ppid}.`)
  expect(readFileSync(`${file}.lock`, 'utf8')).toBe(`${process.ppid}\n`)
})

test('the lock of a process that has ended is taken over', () => {
  const { pid } = spawnSync(process.execPath, ['-e', '0'])
  left(JSON.stringify(worldAt(5)), `${pid}\n`)
  const state = openState(file)
  expect(state.world).toEqual(worldAt(5))
  expect(readFileSync(`${file}.lock`, 'utf8')).toBe(`${process.pid}\n`)
  state.release()
  expect(readdirSync(join(folder, 'deep'))).toEqual(['local.json'])
})

test('the lock of an earlier process with the same number, as in containers, is taken over', () => {
  left(undefined, `${process.pid}\n`)
  openState(file).release()
})

test('a lock that names no process is kept', () => {
  left(undefined, '')
  expect(() => openState(file)).toThrow(`${file}.lock names no process. Delete it`)
})

test('a file is locked under any path that leads to it', () => {
  const state = openState(file)
  expect(() => openState(relative(process.cwd(), file))).toThrow(`${file} is in use`)
  state.release()
})

test('a state can be released after its folder was deleted', () => {
  const state = openState(file)
  rmSync(join(folder, 'deep'), { recursive: true })
  expect(() => state.save(worldAt(5))).toThrow('ENOENT')
  state.release()
  openState(file).release()
})

test('releasing twice does not take the lock from a process that opened it in between', () => {
  const first = openState(file)
  first.release()
  const second = openState(file)
  first.release()
  expect(() => openState(file)).toThrow('is in use')
  second.release()
})

const changed = (change: (world: any) => void): string => {
  const world = structuredClone(worldAt(5))
  change(world)
  return JSON.stringify(world)
}
const region = (members: object) => changed((world) => Object.assign(world.regions['eu-west-1'], members))
const service = {
  service: { desiredCount: 1, deployments: [], events: [] },
  rollouts: {},
  tasks: [],
  healthy: [],
  stopping: [],
}

test.each([
  ['nothing', '', 'it is no JSON object.'],
  ['half a world', JSON.stringify(worldAt(5)).slice(0, 50), 'it is no JSON object.'],
  ['something else', '{"name":"ecs-task"}', 'it has no version.'],
  ['a list', '[]', 'it is no JSON object.'],
  ['null', 'null', 'it is no JSON object.'],
  [
    'a world of another version',
    changed((world) => (world.version = 2)),
    'it has version 2, and this ecs-task reads version 1.',
  ],
  ['a world without a time', changed((world) => (world.now = null)), 'now is not a time before the year 9999.'],
  ['a world beyond all time', changed((world) => (world.now = 1e300)), 'now is not a time before the year 9999.'],
  ['half an id', changed((world) => (world.ids = 0.5)), 'ids is not a whole number from 0 to 9007199254740991.'],
  ['a world without regions', changed((world) => (world.regions = null)), 'regions is not an object.'],
  [
    'a region without a name',
    changed((world) => delete world.regions['eu-west-1'].name),
    'regions.eu-west-1.name is not a text.',
  ],
  ['a list of clusters', region({ clusters: [] }), 'regions.eu-west-1.clusters is not an object.'],
  ['a cluster that is none', region({ clusters: { a: {} } }), 'regions.eu-west-1.clusters.a.cluster is not an object.'],
  [
    'a service with two billion tasks',
    region({ services: { 'a/b': { ...service, service: { ...service.service, desiredCount: 2_147_483_647 } } } }),
    'regions.eu-west-1.services.a/b.service.desiredCount is not a whole number from 0 to 5000.',
  ],
  [
    'a service that is looked at at no time',
    region({ services: { 'a/b': { ...service, nextAt: null } } }),
    'regions.eu-west-1.services.a/b.nextAt is not a time.',
  ],
  [
    'a task without a life',
    region({ tasks: { 'arn:1': { task: {}, cluster: 'a', life: {} } } }),
    'regions.eu-west-1.tasks.arn:1.life.steps is not a list.',
  ],
])(
  'a file that holds %s is refused with what is wrong, kept as it is, and not left locked',
  (_title, text, problem) => {
    left(text)
    const refused = `${file} does not hold the state of a local AWS: ${problem} Move it away or delete it to begin with a new one.`
    expect(() => openState(file)).toThrow(refused)
    expect(() => openState(file)).toThrow(refused)
    expect(readFileSync(file, 'utf8')).toBe(text)
  },
)

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8)

test('what it makes is for nobody else: a folder of 700, files of 600, also those of an earlier version', () => {
  mkdirSync(join(folder, 'deep'))
  chmodSync(join(folder, 'deep'), 0o755)
  left(JSON.stringify(worldAt(5)))
  chmodSync(file, 0o644)
  for (const name of [file, join(folder, 'new', 'one', 'local.json')]) {
    const state = openState(name)
    expect(modeOf(`${name}.lock`)).toBe('600')
    state.save(worldAt(7))
    expect(modeOf(name)).toBe('600')
    state.release()
  }
  expect([modeOf(join(folder, 'new')), modeOf(join(folder, 'new', 'one'))]).toEqual(['700', '700'])
})

test('the folder .ecs-task that it makes is in no repository; nothing is put into a folder of somebody else', () => {
  openState(join(folder, '.ecs-task', 'local.json')).release()
  expect(readFileSync(join(folder, '.ecs-task', '.gitignore'), 'utf8')).toBe('*\n')
  rmSync(join(folder, '.ecs-task', '.gitignore'))
  openState(join(folder, '.ecs-task', 'local.json')).release()
  expect(readdirSync(join(folder, '.ecs-task'))).toEqual([])
})

describe('a symbolic link', () => {
  const mine = (): string => join(folder, 'mine.json')

  test.each([
    ['to a world', JSON.stringify(worldAt(5))],
    ['to nothing', undefined],
  ])('%s is no state file', (_title, text) => {
    openState(file).release()
    if (text !== undefined) writeFileSync(mine(), text)
    symlinkSync(mine(), file)
    expect(() => openState(file)).toThrow(`${file} is a symbolic link. The state is never written through one`)
    expect([existsSync(mine()), readdirSync(join(folder, 'deep'))]).toEqual([text !== undefined, ['local.json']])
  })

  test('that takes the place of the unfinished file, or of the file, is replaced and not followed', () => {
    writeFileSync(mine(), 'mine')
    const state = openState(file)
    for (const name of [`${file}.tmp`, file]) {
      symlinkSync(mine(), name)
      state.save(worldAt(7))
      expect(lstatSync(file).isFile()).toBe(true)
      rmSync(file)
    }
    state.release()
    expect(readFileSync(mine(), 'utf8')).toBe('mine')
  })

  test('is no folder .ecs-task', () => {
    mkdirSync(join(folder, 'theirs'))
    symlinkSync(join(folder, 'theirs'), join(folder, '.ecs-task'))
    expect(() => openState(join(folder, '.ecs-task', 'local.json'))).toThrow(
      `${join(folder, '.ecs-task')} is a symbolic link.`,
    )
    expect(readdirSync(join(folder, 'theirs'))).toEqual([])
  })
})

test('a file where its folder should be is named', () => {
  writeFileSync(join(folder, 'deep'), 'mine')
  expect(() => openState(file)).toThrow(`${join(folder, 'deep')} cannot be a folder: a file is in the way.`)
})

test('a folder where the file should be is named', () => {
  mkdirSync(file, { recursive: true })
  expect(() => openState(file)).toThrow(`${file} is not a file.`)
  expect(readdirSync(join(folder, 'deep'))).toEqual(['local.json'])
})
