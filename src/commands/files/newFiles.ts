// Writes new files into the folder where definitions are by custom, and overwrites none.
import {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { EcsTaskError } from '../../ground/errors.ts'

/** Where definitions are by custom. */
export const folder = '_ecs'

/** A file by its name in that folder. */
export interface NewFile {
  readonly name: string
  readonly text: Buffer | string
}

/** Writes the files, or none of them; answers with their paths. TypeScript gets a package.json beside it where it needs one. */
export function writeNewFiles(files: readonly NewFile[]): string[] {
  const isCode = files.some(({ name }) => name.endsWith('.ts'))
  const all = isCode && needsModules() ? [...files, { name: manifest, text: esModules }] : files
  const paths = all.map(({ name }) => `${folder}/${name}`)
  refuseObstacles(paths)
  write(all.map(({ text }, index) => ({ file: paths[index]!, text })))
  return paths
}

const manifest = 'package.json'
const esModules = '{ "private": true, "type": "module" }\n'

/**
 * Whether the files in a new `_ecs/` have to be made ES modules, as in a project that `npm init -y` has made: there neither Node
 * by itself nor TypeScript's verbatimModuleSyntax takes an `import`. A folder with other files keeps its type.
 */
function needsModules(): boolean {
  return !existsSync(folder) && typeOf(resolve(folder)) !== 'module'
}

/** The `type` of the nearest package.json, from this folder upwards. */
function typeOf(path: string): unknown {
  const file = join(path, manifest)
  if (existsSync(file)) return typeIn(readFileSync(file, 'utf8'))
  return dirname(path) === path ? undefined : typeOf(dirname(path))
}

function typeIn(text: string): unknown {
  try {
    return (JSON.parse(text) as { type?: unknown } | null)?.type
  } catch {
    return undefined
  }
}

/** Throws for all that is where something is to be written; a folder may also be a link to one. */
function refuseObstacles(files: readonly string[]): void {
  const isThere = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined
  const there = isThere(folder) && !isFolder(folder) ? [folder] : files.filter(isThere)
  const problems = there.map(whatIs)
  const [what] = problems
  if (what === undefined) return
  throw new EcsTaskError('BadArguments', problems.length === 1 ? what : 'Some files already exist.', {
    why: 'init never overwrites a file.',
    fix: problems.length === 1 ? 'Move it away, or edit it.' : 'Move them away, or edit them.',
    problems: problems.length === 1 ? [] : problems,
  })
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true

function whatIs(path: string): string {
  if (!existsSync(path)) return `${path} is a symbolic link that leads nowhere.`
  return path === folder ? `${path} is not a folder.` : `${path} already exists.`
}

/** Writes all of the files, or none of them. */
function write(files: readonly { file: string; text: Buffer | string }[]): void {
  const made: string[] = []
  try {
    const first = mkdirSync(folder, { recursive: true })
    if (first !== undefined) made.push(first)
    for (const { file, text } of files) {
      // `wx` neither overwrites a file nor follows a link that has come in between.
      const descriptor = openSync(file, 'wx')
      made.push(file)
      try {
        writeFileSync(descriptor, text)
      } finally {
        closeSync(descriptor)
      }
    }
  } catch (error) {
    for (const path of made) rmSync(path, { recursive: true, force: true })
    throw error
  }
}
