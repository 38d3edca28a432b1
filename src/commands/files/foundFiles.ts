// The files that the words of a command stand for.
import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { nearest } from '../../ground/nearest.ts'

/** A file that is to be imported. */
export interface FoundFile {
  /** As it was first called. */
  readonly path: string
  /** Where it is, through all links. */
  readonly real: string
  /** Whether somebody called it by its own name, and not a folder or a pattern. */
  readonly isNamed: boolean
}

/** The folder that `init` writes to. */
const usual = '_ecs'
const isSource = /(?<!\.d)\.[cm]?[jt]s$/

/** The files of these words in their order, each once, however it is called; a problem for each word without one. */
export async function foundFiles(
  words: readonly string[],
  filesLike: (pattern: string) => Promise<string[]>,
): Promise<{ readonly files: readonly FoundFile[]; readonly problems: readonly string[] }> {
  const found = await Promise.all(words.map((word) => filesOf(word, filesLike)))
  const files = new Map<string, FoundFile>()
  for (const { paths, isNamed } of found) {
    for (const path of paths) {
      const real = existsSync(path) ? realpathSync(path) : path
      const before = files.get(real) ?? { path, real, isNamed }
      files.set(real, { ...before, isNamed: before.isNamed || isNamed })
    }
  }
  return { files: [...files.values()], problems: found.flatMap(({ problem }) => problem ?? []) }
}

/** The files that a word stands for: a file, those right in a folder, or those that a pattern finds. */
async function filesOf(
  word: string,
  filesLike: (pattern: string) => Promise<string[]>,
): Promise<{ paths: string[]; isNamed: boolean; problem?: string }> {
  if (word === '') return { paths: [], isNamed: true, problem: 'a name of a file is empty; a variable may not be set' }
  const is = existsSync(word) ? statSync(word) : undefined
  if (is && !is.isDirectory()) return { paths: [word], isNamed: true }
  const all = is ? readdirSync(word).map((name) => join(word, name)) : await filesLike(word)
  const paths = all.filter((path) => isSource.test(path)).toSorted()
  const problem = is || all.length > 0 ? 'has no TypeScript or JavaScript file' : notThere(word)
  return { paths, isNamed: false, ...(paths.length === 0 && { problem: `${word}: ${problem}` }) }
}

function notThere(word: string): string {
  const folder = dirname(word)
  const beside = existsSync(folder) && statSync(folder).isDirectory() ? readdirSync(folder) : []
  const meant = nearest(basename(word), beside)
  return meant === undefined ? 'does not exist' : `does not exist; did you mean ${join(folder, meant)}?`
}

/** What could be named where no file was. */
export function whatThereIs(): string {
  const names = existsSync(usual) ? readdirSync(usual).filter((name) => isSource.test(name)) : []
  if (names.length === 0) return 'Write a first one with: npx ecs-task init web'
  return `Pass one or more of: ${names.map((name) => join(usual, name)).join(', ')}`
}
