// The lock file beside a state file, which keeps it for one process at a time.
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import process from 'node:process'

/** The locks of this process: in containers every process has the number 1, and a lock of 1 need not be its own. */
const held = new Set<string>()

/**
 * Makes the lock file with the number of this process in it, and answers the function that removes it. The lock of a
 * process that is no more is taken over. Throws, naming `subject`, when a living process holds it.
 */
export function takeLock(lock: string, subject: string): () => void {
  if (!created(lock)) {
    const holder = holderOf(lock)
    if (holder === process.pid ? held.has(lock) : isAlive(holder)) {
      throw new Error(`${subject} is in use by process ${holder}. End that process first, or use another file.`)
    }
    removeStale(lock, holder)
    if (!created(lock)) throw new Error(`${subject} is in use by process ${holderOf(lock)}, which has just started.`)
  }
  held.add(lock)
  let isOurs = true
  return () => {
    if (!isOurs) return
    isOurs = false
    held.delete(lock)
    // Whoever deleted the folder in the meantime has deleted the lock, too.
    rmSync(lock, { force: true })
  }
}

/** The code of an error of Node, like `ENOENT`; undefined for any other error. */
export const errorCode = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined

function created(lock: string): boolean {
  try {
    writeFileSync(lock, `${process.pid}\n`, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    // On a full disk the file is made and stays empty: a lock of nobody.
    rmSync(lock, { force: true })
    throw error
  }
}

/** The process whose number is in the lock. */
function holderOf(lock: string): number {
  const holder = Number(/^(\d+)\n$/.exec(readFileSync(lock, 'utf8'))?.[1] ?? Number.NaN)
  if (Number.isNaN(holder)) throw new Error(`${lock} names no process. Delete it, when no other process is starting.`)
  return holder
}

function isAlive(holder: number): boolean {
  try {
    process.kill(holder, 0)
    return true
  } catch (error) {
    // Someone else's process may not be signalled, but it is there.
    return errorCode(error) === 'EPERM'
  }
}

/**
 * Moves a lock away before removing it: where two processes found the same lock stale, the slower one may have got
 * hold of the faster one's new lock, and puts it back.
 */
function removeStale(lock: string, holder: number): void {
  const aside = `${lock}.${process.pid}`
  renameSync(lock, aside)
  if (holderOf(aside) === holder) rmSync(aside)
  else renameSync(aside, lock)
}
