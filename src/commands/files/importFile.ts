/**
 * Finds and imports files of a user's: by Node itself where it takes the types off, else by tsx. Which of them is known before any
 * code of the file, or of those that it imports by path, has run.
 */
import { existsSync, readFileSync, statSync } from 'node:fs'
import nodeModule from 'node:module'
import { dirname, extname, join, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { readText } from '../../ground/readText.ts'

/** What a file exports, by name. */
export type Exports = Readonly<Record<string, unknown>>

/** The files that a pattern finds: `_ecs/*_prod.ts`. None of a package that others have written is among them. */
export async function filesLike(pattern: string): Promise<string[]> {
  const { globSync } = await import('tinyglobby')
  return globSync(pattern, { ignore: /(?:^|\/)node_modules\//.test(pattern) ? [] : ['**/node_modules/**'] })
}

/**
 * Imports each of these files. A module that both Node and tsx run is run twice, and its classes are not the same: where tsx has
 * to run one of several files, it runs them all.
 */
export function importerOf(files: readonly string[]): (file: string) => Promise<Exports> {
  const isForTsx = files.length > 1 && files.some((file) => !isFitForNode(file, isFitAtFirstSight, new Set()))
  return (file) => importFile(file, isForTsx)
}

async function importFile(file: string, isForTsx: boolean): Promise<Exports> {
  // A compiler would name the first character that it stumbles over.
  readText(file)
  if (isForTsx) return importByTsx(file)
  const url = pathToFileURL(file).href
  // To look for what Node can't take off costs as much as half a start.
  if (isFitForNode(file, isTried, new Set())) {
    try {
      return await importByNode(url)
    } catch (error) {
      if (!isRefusal(error) || isFitForNode(file, isStrippable, new Set())) throw error
      // Of what is nowhere to be found Node says more.
      return importByTsx(file).catch((other: unknown) => Promise.reject(isNotFound(other) ? error : other))
    }
  } else if (isFitForNode(file, isStrippable, new Set())) return importByNode(url)
  return importByTsx(file)
}

async function importByTsx(file: string): Promise<Exports> {
  viaTsx ??= openTsx()
  return (await viaTsx)(file)
}

/** Node warns of a package.json without a type, whose files it reads twice; that says nothing to whoever deploys. */
async function importByNode(url: string): Promise<Exports> {
  const { emitWarning } = process
  process.emitWarning = (...warning: any[]) => {
    const [, of, code = of?.code] = warning
    if (code !== 'MODULE_TYPELESS_PACKAGE_JSON') Reflect.apply(emitWarning, process, warning)
  }
  try {
    return await import(url)
  } finally {
    process.emitWarning = emitWarning
  }
}

/** One for all files: a module that several of them import is then run once, and its classes are the same. */
let viaTsx: ReturnType<typeof openTsx> | undefined

async function openTsx(): Promise<(file: string) => Promise<Exports>> {
  const [modules, commonJs] = await Promise.all([import('tsx/esm/api'), import('tsx/cjs/api')])
  const namespace = 'ecs-task'
  const { require } = commonJs.register({ namespace })
  const tsx = modules.register({ namespace })
  return async (file) => {
    if (kindOf(file) === 'module') return tsx.import(pathToFileURL(file).href, import.meta.url)
    // An import would run it again beside what other files require.
    const exports: unknown = require(file, import.meta.url)
    return typeof exports === 'function' ? { default: exports } : (exports as Exports)
  }
}

const typed = ['.ts', '.mts', '.cts']
/** Node 22.18 and later do; the types of older ones don't know it. */
const stripsTypes = Boolean((process.features as { typescript?: string | false }).typescript)

type Check = (file: string, text: string) => boolean

/** Whether Node can run a file and all that it imports by a path of its own, each of which is to pass the check. */
function isFitForNode(file: string, check: Check, seen: Set<string>): boolean {
  if (seen.has(file)) return true
  seen.add(file)
  if (!existsSync(file) || !statSync(file).isFile()) return false
  // Of what is installed Node takes no types off.
  if (typed.includes(extname(file)) && (!stripsTypes || isInstalled(file))) return false
  const text = readFileSync(file, 'utf8')
  // Node takes no import in what is declared to be CommonJS, and nowhere a decorator; TypeScript and tsx do.
  if (kindOf(file) === 'commonjs' && /^\s*(import\b(?!\s*\()|export\b)/m.test(text)) return false
  if (/(?:^|[(,]|\bexport\b)\s*@[A-Za-z_$]/m.test(text) && typed.includes(extname(file))) return false
  return check(file, text) && importsOf(text).every((name) => isFitImport(file, name, check, seen))
}

const isInstalled = (file: string): boolean => file.includes(`${sep}node_modules${sep}`)

/** An alias of tsconfig.json is known to tsx alone. Of packages those are looked at that Node takes for the user's own, as of a workspace. */
function isFitImport(file: string, name: string, check: Check, seen: Set<string>): boolean {
  if (name.startsWith('.')) return isFitForNode(join(dirname(file), name), check, seen)
  if (check === isTried || nodeModule.isBuiltin(name) || /^(?:ecs-task|@aws-sdk)(?:\/|$)/.test(name)) return true
  try {
    const path = nodeModule.createRequire(file).resolve(name)
    return (isInstalled(path) && !typed.includes(extname(path))) || isFitForNode(path, check, seen)
  } catch (error) {
    // A package may have nothing for `require`.
    return !isNotFound(error)
  }
}

/** Whether Node compiles all that the file imports before it runs any of it: it then refuses what it can't take off in time. */
function isTried(file: string, text: string): boolean {
  return extname(file) !== '.cts' && !/\brequire\b|\bimport\s*\(/.test(text)
}

/** What Node says before it runs anything, where nothing is imported but at the top. */
function isRefusal(error: unknown): boolean {
  return (
    isNotFound(error) ||
    /^ERR_(?:INVALID_TYPESCRIPT_SYNTAX|UNSUPPORTED_(?:TYPESCRIPT_SYNTAX|NODE_MODULES_TYPE_STRIPPING))$/.test(
      codeOf(error),
    )
  )
}

function isNotFound(error: unknown): boolean {
  return /^(?:ERR_)?MODULE_NOT_FOUND$/.test(codeOf(error))
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException | undefined)?.code ?? ''
}

/** Whether nothing in a file looks as if it were more than types; what does is looked at closely. */
function isFitAtFirstSight(file: string, text: string): boolean {
  return !moreThanTypes.test(text) || isStrippable(file, text)
}

const moreThanTypes =
  /\b(?:enum|namespace|module)\s+[\w$.]+\s*\{|\bconstructor\s*\([^)]*\b(?:public|private|protected|readonly|override)\s|\bimport\s+\w+\s*=|\bexport\s*=/

/** Enumerations, namespaces and parameter properties are more than types. */
function isStrippable(file: string, text: string): boolean {
  if (!typed.includes(extname(file))) return true
  const { stripTypeScriptTypes } = nodeModule as { stripTypeScriptTypes?: (text: string) => string }
  if (!stripTypeScriptTypes) return false
  // Node warns that the function is experimental, which says nothing to whoever deploys.
  const { emitWarning } = process
  process.emitWarning = () => {}
  try {
    stripTypeScriptTypes(text)
    return true
  } catch {
    return false
  } finally {
    process.emitWarning = emitWarning
  }
}

/** What a text imports from, as written: Node wants paths with their extension. */
function importsOf(text: string): string[] {
  return [...text.matchAll(/(?:\bfrom|\bimport|\brequire)\s*\(?\s*(['"])([^'"\n]+)\1/g)].map(([, , name = '']) => name)
}

/** What a file is declared to be, by its extension, else by the next package.json above it; undefined where Node looks at its text. */
function kindOf(file: string): 'module' | 'commonjs' | undefined {
  const [, letter] = /\.([cm])[jt]s$/.exec(file) ?? []
  if (letter !== undefined) return letter === 'm' ? 'module' : 'commonjs'
  const above = dirname(file).split(sep)
  const next = above
    .map((_, index) => join(sep, ...above.slice(0, above.length - index), 'package.json'))
    .find((path) => existsSync(path))
  const said = next && /"type"\s*:\s*"(module|commonjs)"/.exec(readFileSync(next, 'utf8'))?.[1]
  return said as 'module' | 'commonjs' | undefined
}
