// Builds the package and installs it into a folder outside the repository, before all tests.
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder in which the package is installed, and in which projects can be made; empty when it could not be built. */
    installed: string
  }
}

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))

const built = ['dist/index.js', 'dist/cli.cjs', 'dist/local.cjs'].map(at)

/**
 * Builds `dist` where a source is newer than it, and installs the package into a folder outside the repository: there no
 * tsconfig.json and no alias helps a user's file to find it, and a build in the middle of the tests does not disturb them.
 * A build that fails only fails the tests that need it.
 */
export default function setup({ provide }: Pick<TestProject, 'provide'>): () => void {
  if (isStale()) spawnSync(process.execPath, [at('scripts/build.mjs')], { stdio: 'inherit' })
  if (!built.every((file) => existsSync(file))) {
    provide('installed', '')
    return () => {}
  }
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'ecs-task-cli-'))
  mkdirSync(join(folder, 'node_modules'))
  for (const part of ['package.json', 'dist', 'templates']) {
    cpSync(at(part), join(folder, 'node_modules/ecs-task', part), { recursive: true })
  }
  for (const name of [
    '@aws-sdk',
    '@smithy',
    'http-proxy-agent',
    'https-proxy-agent',
    'proxy-from-env',
    'tsx',
    'yaml',
  ]) {
    symlinkSync(at(`node_modules/${name}`), join(folder, 'node_modules', name), 'junction')
  }
  provide('installed', folder)
  return () => rmSync(folder, { recursive: true })
}

function isStale(): boolean {
  if (!built.every((file) => existsSync(file))) return true
  const sources = readdirSync(at('src'), { recursive: true, encoding: 'utf8' }).map((file) => at(`src/${file}`))
  return Math.max(...sources.map(modified)) > Math.min(...built.map(modified))
}

function modified(file: string): number {
  return statSync(file).mtimeMs
}
