/**
 * Has Node keep what it has compiled, the SDK above all, for the next start; from 22.1 on it can. The folder is one of the machine's
 * for temporary files, never the project. NODE_COMPILE_CACHE names another, and NODE_DISABLE_COMPILE_CACHE=1 has none.
 */
import { existsSync, lstatSync, mkdirSync } from 'node:fs'
import nodeModule from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'

// Node itself would take a folder of a fixed name that anybody on the machine may have made, with code of theirs in it.
const { enableCompileCache } = nodeModule as { enableCompileCache?: (folder: string) => unknown }
const user = process.getuid?.()
const folder = join(tmpdir(), `ecs-task-${user ?? 'compiled'}`)

// NODE_COMPILE_CACHE is obeyed by Node before any of this runs.
if (enableCompileCache && !process.env['NODE_COMPILE_CACHE'] && isOwn()) enableCompileCache(folder)

/** Whether the folder is there, is this user's, and nobody else can write to it. A start is only slower without. */
function isOwn(): boolean {
  try {
    // Making those above it as well, Node would try for ever where a file system says that there is nothing, as /proc does.
    if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 })
    const is = lstatSync(folder)
    return is.isDirectory() && (user === undefined || (is.uid === user && (is.mode & 0o077) === 0))
  } catch {
    return false
  }
}
