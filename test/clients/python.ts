// Installs Python requirements into a virtual environment, once for each version of them.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A Python in which the requirements are installed, or why there is none. */
export type Python = { readonly program: string; readonly missing?: never } | { readonly missing: string }

/** Milliseconds that pip may take. */
const patience = 300_000

/**
 * A Python of its own with what a requirements file pins, kept under node_modules/.cache until that file changes. It is
 * missing, with the reason in a sentence, where there is no Python 3 or pip cannot install.
 */
export function pythonWith(requirements: URL): Python {
  const found = spawnSync('python3', ['-c', 'import sys, venv; print(sys.version)'], { encoding: 'utf8' })
  if (found.status !== 0) return { missing: 'There is no Python 3 with venv here.' }
  const hash = createHash('sha256').update(readFileSync(requirements)).update(found.stdout).digest('hex').slice(0, 16)
  const cache = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url))
  const folder = join(cache, `python-${hash}`)
  if (!existsSync(folder)) {
    mkdirSync(cache, { recursive: true })
    // Its name stands for all of it: an interrupted or concurrent run leaves no half of one under it.
    const making = mkdtempSync(join(cache, 'making-'))
    const problem = made(making, fileURLToPath(requirements))
    if (problem === undefined && !existsSync(folder)) renameSync(making, folder)
    else rmSync(making, { recursive: true, force: true })
    if (problem !== undefined) return { missing: problem }
  }
  return { program: join(folder, 'bin/python') }
}

function made(folder: string, requirements: string): string | undefined {
  const steps = [
    ['python3', '-m', 'venv', folder],
    [join(folder, 'bin/python'), '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements],
  ] as const
  for (const [program, ...words] of steps) {
    const { status, stderr, error } = spawnSync(program, words, { encoding: 'utf8', timeout: patience })
    if (status === 0) continue
    const said = error?.message ?? stderr.trim().split('\n').at(-1)
    return `${words[1] === 'venv' ? 'Python could not make an environment' : 'pip could not install'}: ${said}`
  }
  return undefined
}
