// Reads stack files in tests, with their problems and warnings.
import { readFileSync } from 'node:fs'
import { EcsTaskError } from '../../../src/ground/errors.ts'
import { problemOf } from '../../../src/engine/problem.ts'
import { printed } from '../../../src/output/line.ts'
import { problemLines } from '../../../src/output/problemLines.ts'
import { readStack } from '../../../src/cluster/file/readStack.ts'
import type { Stack, StackContainer, StackService } from '../../../src/cluster/stack.ts'

type Env = Readonly<Record<string, string>>

/** A file of this folder. */
export function fixture(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8')
}

/** The stack that texts say: the files a.yml, b.yml and so on. */
export function stackOf(texts: readonly string[], env: Env = {}): Stack {
  return readStack(files(texts), env).stack
}

/** The only service of one file, which holds the keys of a service; it is called web, and has an image and memory. */
export function serviceOf(keys: string, more = '', env: Env = {}): StackService {
  return stackOf([serviceFile(keys, more)], env).services[0]!
}

/** The first container of that service. */
export function containerOf(keys: string, more = '', env: Env = {}): StackContainer {
  return serviceOf(keys, more, env).containers[0]
}

/** The problems of that file, without the name of the file. */
export function problemsOf(keys: string, more = '', env: Env = {}): readonly string[] {
  return problemsIn([serviceFile(keys, more)], env).map((problem) => problem.replace('a.yml:', ''))
}

/** All problems of files; none where they can be read. */
export function problemsIn(texts: readonly string[], env: Env = {}): readonly string[] {
  const error = refusal(() => stackOf(texts, env))
  return error?.problems ?? []
}

/** What the program prints for a file that it refuses. */
export function printedError(name: string, text: string): string {
  const error = refusal(() => readStack([{ name, text }], {}))
  return problemLines(problemOf(error))
    .map((line) => `${printed(line, { color: false })}\n`)
    .join('')
}

function refusal(read: () => unknown): EcsTaskError | undefined {
  try {
    read()
    return undefined
  } catch (error) {
    if (error instanceof EcsTaskError && error.code === 'BadDefinition') return error
    throw error
  }
}

function files(texts: readonly string[]): { name: string; text: string }[] {
  return texts.map((text, index) => ({ name: `${'abc'[index]}.yml`, text }))
}

function serviceFile(keys: string, more: string): string {
  const lines = ['image: web:v1', 'memory: 512', ...keys.split('\n')].map((line) => `      ${line}\n`)
  return `services:\n  - web:\n${lines.join('')}${more}`
}
