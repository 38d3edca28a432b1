// How a project's package manager runs a file of TypeScript, and a program that is installed.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

interface PackageCommands {
  /** The command that runs a file: `npx tsx _ecs/web.ts`. */
  readonly runFile: (file: string) => string
  /** The command that runs an installed program: `npx ecs-task`. */
  readonly runProgram: (name: string) => string
}

const lockFiles = { pnpm: ['pnpm-lock.yaml'], yarn: ['yarn.lock'], bun: ['bun.lock', 'bun.lockb'] }
type Name = 'npm' | keyof typeof lockFiles

/** The commands of the package manager of the project in this folder: its lock file says so, else the environment of what is running. */
export function packageCommandsOf(folder: string, env: Readonly<Record<string, string | undefined>>): PackageCommands {
  const name = nameByLockFile(folder) ?? nameByUserAgent(env['npm_config_user_agent'])
  if (name === 'npm') return { runFile: (file) => `npx tsx ${file}`, runProgram: (program) => `npx ${program}` }
  // Bun runs TypeScript by itself.
  if (name === 'bun') return { runFile: (file) => `bun ${file}`, runProgram: (program) => `bunx ${program}` }
  // A package's own dependencies are out of reach of the project that pnpm and yarn have installed it in.
  const add = above(folder, ['node_modules/.bin/tsx']) === undefined ? `${name} add -D tsx && ` : ''
  return { runFile: (file) => `${add}${name} tsx ${file}`, runProgram: (program) => `${name} ${program}` }
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
