import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openState } from '../../../src/local/world/state.ts'
import { emptyRegion, emptyWorld } from '../../../src/local/world/world.ts'
import type { World } from '../../../src/local/world/world.ts'

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
  world.regions['eu-west-1'].clusters.shop = { cluster: { clusterName: 'shop' } }
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

test.each([
  ['nothing', ''],
  ['half a world', JSON.stringify(worldAt(5)).slice(0, 50)],
  ['something else', '{"name":"ecs-task"}'],
  ['a list', '[]'],
  ['null', 'null'],
  ['a world of another version', JSON.stringify({ ...worldAt(5), version: 2 })],
  ['a world without a time', JSON.stringify({ ...worldAt(5), now: null })],
  ['a world without regions', JSON.stringify({ ...worldAt(5), regions: null })],
])('a file that holds %s is refused with what to do, kept as it is, and not left locked', (_title, text) => {
  left(text)
  const refused = `${file} does not hold the state of a local AWS. Move it away or delete it to begin with a new one.`
  expect(() => openState(file)).toThrow(refused)
  expect(() => openState(file)).toThrow(refused)
  expect(readFileSync(file, 'utf8')).toBe(text)
})
