// The file in which a local AWS keeps its world.
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { errorCode, takeLock } from './lock.ts'
import { parseJson } from './parseJson.ts'
import type { World } from './world.ts'

interface State {
  /** What the file held; undefined when there was none. */
  readonly world: World | undefined
  /** Returns when the world is on the disk. A crash at any moment leaves the former world or this one, whole. */
  readonly save: (world: World) => void
  /** Lets others have the file. */
  readonly release: () => void
}

/**
 * Opens the file in which a local AWS keeps its world, for this process alone; makes its folder. Throws when another
 * process has it open and when it holds something else than a world: that is never overwritten.
 */
export function openState(name: string): State {
  // The process may change its folder, the file stays where it is.
  const file = resolve(name)
  mkdirSync(dirname(file), { recursive: true })
  const release = takeLock(`${file}.lock`, file)
  try {
    return { world: read(file), save: (world) => write(file, JSON.stringify(world)), release }
  } catch (error) {
    release()
    throw error
  }
}

function read(file: string): World | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
  const world = parseJson(text)
  if (isWorld(world)) return world
  throw new Error(`${file} does not hold the state of a local AWS. Move it away or delete it to begin with a new one.`)
}

const isWorld = (world: any): world is World =>
  world?.version === 1 &&
  Number.isFinite(world.now) &&
  Number.isInteger(world.ids) &&
  typeof world.account === 'string' &&
  typeof world.regions === 'object' &&
  world.regions !== null

function write(file: string, text: string): void {
  const unfinished = `${file}.tmp`
  const descriptor = openSync(unfinished, 'w')
  try {
    writeFileSync(descriptor, text)
    // Without it the name could reach the disk before the text does.
    fsyncSync(descriptor)
  } catch (error) {
    // Half a world would only keep a full disk full.
    rmSync(unfinished, { force: true })
    throw error
  } finally {
    closeSync(descriptor)
  }
  renameSync(unfinished, file)
}
