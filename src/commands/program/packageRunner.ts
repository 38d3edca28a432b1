// How a project's package manager runs a program that is installed.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

const lockFiles = { pnpm: ['pnpm-lock.yaml'], yarn: ['yarn.lock'], bun: ['bun.lock', 'bun.lockb'] }
type Name = 'npm' | keyof typeof lockFiles

const runners: Readonly<Record<Name, string>> = { npm: 'npx', pnpm: 'pnpm', yarn: 'yarn', bun: 'bunx' }

/** What a person types before an installed program, in this folder: the lock file says so, else the environment of what is running. */
export function packageRunner(folder: string, env: Readonly<Record<string, string | undefined>>): string {
  return runners[nameByLockFile(folder) ?? nameByUserAgent(env['npm_config_user_agent'])]
}

function nameByLockFile(folder: string): Name | undefined {
  const found = above(folder, ['package-lock.json', ...Object.values(lockFiles).flat()])
  if (found === undefined) return undefined
  const names = Object.keys(lockFiles) as (keyof typeof lockFiles)[]
  return names.find((name) => lockFiles[name].includes(found)) ?? 'npm'
}

/** `pnpm/10.34.9 npm/? node/v24.9.0 linux x64` */
function nameByUserAgent(agent = ''): Name {
  const name = /^\w+/.exec(agent)?.[0]
  return name === 'pnpm' || name === 'yarn' || name === 'bun' ? name : 'npm'
}

/** The first of these files that is in the folder, or else in one above it. */
function above(folder: string, files: readonly string[]): string | undefined {
  const found = files.find((file) => existsSync(join(folder, file)))
  return found ?? (dirname(folder) === folder ? undefined : above(dirname(folder), files))
}
