// The file in which a local AWS keeps its world.
import { closeSync, fsyncSync, lstatSync, mkdirSync, openSync, readFileSync, renameSync } from 'node:fs'
import { rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { errorCode, takeLock } from './lock.ts'
import type { World } from './world.ts'
import { worldProblem } from './worldProblem.ts'

interface State {
  /** What the file held; undefined when there was none. */
  readonly world: World | undefined
  /** Returns when the world is on the disk. A crash at any moment leaves the former world or this one, whole. */
  readonly save: (world: World) => void
  /** Lets others have the file. */
  readonly release: () => void
}

/** The folder that `--local` keeps its state in. What is in it belongs to nobody but who runs it, and in no repository. */
const ownFolder = '.ecs-task'

/**
 * Opens the file in which a local AWS keeps its world, for this process and this user alone; makes its folder. Throws when
 * another process has it open, when it is a symbolic link, and when it holds something else than a world: that is never
 * overwritten.
 */
export function openState(name: string): State {
  // The process may change its folder, the file stays where it is.
  const file = resolve(name)
  return named(file, () => {
    makeFolder(dirname(file))
    const release = takeLock(`${file}.lock`, file)
    try {
      const world = read(file)
      return { world, save: (saved) => named(file, () => write(file, JSON.stringify(saved))), release }
    } catch (error) {
      release()
      throw error
    }
  })
}

/** What `run` answers; where the disk is full its error says that, and not in the words of a system call. */
function named<T>(file: string, run: () => T): T {
  try {
    return run()
  } catch (error) {
    const code = errorCode(error)
    if (code !== 'ENOSPC' && code !== 'EDQUOT') throw error
    throw new Error(`No space left on the disk for ${file}.`, { cause: error })
  }
}

function makeFolder(folder: string): void {
  const isOwn = basename(folder) === ownFolder
  if (isOwn && statusOf(folder)?.isSymbolicLink()) throw leadsElsewhere(folder)
  try {
    if (mkdirSync(folder, { recursive: true, mode: 0o700 }) === undefined || !isOwn) return
  } catch (error) {
    const code = errorCode(error)
    if (code !== 'EEXIST' && code !== 'ENOTDIR') throw error
    throw new Error(`${folder} cannot be a folder: a file is in the way. Move it away, or use another name.`, {
      cause: error,
    })
  }
  try {
    writeFileSync(join(folder, '.gitignore'), '*\n', { flag: 'wx', mode: 0o600 })
  } catch (error) {
    // Only a folder that is made gets one: the next start is to make it again.
    rmSync(folder, { recursive: true })
    throw error
  }
}

const statusOf = (path: string) => lstatSync(path, { throwIfNoEntry: false })

/** Whoever can write a link into a folder, as a repository can, must not say which file is written here. */
const leadsElsewhere = (path: string): Error =>
  new Error(`${path} is a symbolic link. The state is never written through one: delete it, or name what it leads to.`)

function read(file: string): World | undefined {
  const status = statusOf(file)
  if (!status) return undefined
  if (status.isSymbolicLink()) throw leadsElsewhere(file)
  const otherwise = 'Move it away or delete it to begin with a new one.'
  if (!status.isFile()) throw new Error(`${file} is not a file. ${otherwise}`)
  const world = parsed(readFileSync(file, 'utf8'))
  const problem = worldProblem(world)
  if (problem === undefined) return world as World
  throw new Error(`${file} does not hold the state of a local AWS: ${problem} ${otherwise}`)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function write(file: string, text: string): void {
  const unfinished = `${file}.tmp`
  remove(unfinished)
  // `wx` makes the file anew, and so follows no link that somebody has put there since.
  const descriptor = openSync(unfinished, 'wx', 0o600)
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

/** What a crash has left behind, or a link: the link itself, and never what it leads to. */
function remove(unfinished: string): void {
  try {
    unlinkSync(unfinished)
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error
  }
}
