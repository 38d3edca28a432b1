/**
 * Finds and imports files of a user's: by Node itself where it takes the types off, else by tsx. Which of them is known before any
 * code of the file, or of those that it imports by path, has run.
 */
import { existsSync, readFileSync, statSync } from 'node:fs'
import nodeModule from 'node:module'
import { dirname, extname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { readText } from '../../ground/readText.ts'

/** What a file exports, by name. */
export type Exports = Readonly<Record<string, unknown>>

/** The files that a pattern finds: `_ecs/*_prod.ts`. */
export async function filesLike(pattern: string): Promise<string[]> {
  const { globSync } = await import('tinyglobby')
  return globSync(pattern)
}

export async function importFile(file: string): Promise<Exports> {
  // A compiler would name the first character that it stumbles over.
  readText(file)
  const url = pathToFileURL(file).href
  // To look for what Node can't take off costs as much as half a start.
  if (isFitForNode(file, isTried, new Set())) {
    try {
      return await import(url)
    } catch (error) {
      if (!isRefusal(error) || isFitForNode(file, isStrippable, new Set())) throw error
    }
  } else if (isFitForNode(file, isStrippable, new Set())) return import(url)
  const { tsImport } = await import('tsx/esm/api')
  return tsImport(url, import.meta.url)
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
  if (typed.includes(extname(file)) && !stripsTypes) return false
  const text = readFileSync(file, 'utf8')
  return check(file, text) && importsOf(text).every((path) => isFitForNode(join(dirname(file), path), check, seen))
}

/** Whether Node compiles all that the file imports before it runs any of it: it then refuses what it can't take off in time. */
function isTried(file: string, text: string): boolean {
  return extname(file) !== '.cts' && !/\brequire\b|\bimport\s*\(/.test(text)
}

function isRefusal(error: unknown): boolean {
  return /^ERR_(?:INVALID|UNSUPPORTED)_TYPESCRIPT_SYNTAX$/.test(
    (error as NodeJS.ErrnoException | undefined)?.code ?? '',
  )
}

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

/** The paths that a text imports from, as written: Node wants them with their extension. */
function importsOf(text: string): string[] {
  return [...text.matchAll(/(?:\bfrom|\bimport|\brequire)\s*\(?\s*(['"])(\.[^'"\n]*)\1/g)].map(
    ([, , path = '']) => path,
  )
}
