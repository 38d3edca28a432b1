/**
 * Finds and imports files of a user's: by Node itself where it takes the types off, else by tsx. Which of them is decided from the text of
 * the file and of those that it imports, before any of their code has run.
 */
import { existsSync, readFileSync, statSync } from 'node:fs'
import nodeModule from 'node:module'
import { dirname, extname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { globSync } from 'tinyglobby'
import { readText } from '../../ground/readText.ts'

/** What a file exports, by name. */
export type Exports = Readonly<Record<string, unknown>>

/** The files that a pattern finds: `_ecs/*_prod.ts`. */
export const filesLike = (pattern: string): string[] => globSync(pattern)

export async function importFile(file: string): Promise<Exports> {
  // A compiler would name the first character that it stumbles over.
  readText(file)
  const url = pathToFileURL(file).href
  if (isFitForNode(file, new Set())) return import(url)
  const { tsImport } = await import('tsx/esm/api')
  return tsImport(url, import.meta.url)
}

const typed = ['.ts', '.mts', '.cts']
/** Node 22.18 and later do; the types of older ones don't know it. */
const stripsTypes = Boolean((process.features as { typescript?: string | false }).typescript)

/** Whether Node can run a file and all that it imports by a path of its own. */
function isFitForNode(file: string, seen: Set<string>): boolean {
  if (seen.has(file)) return true
  seen.add(file)
  if (!existsSync(file) || !statSync(file).isFile()) return false
  if (typed.includes(extname(file)) && !stripsTypes) return false
  const text = readFileSync(file, 'utf8')
  return isStrippable(file, text) && importsOf(text).every((path) => isFitForNode(join(dirname(file), path), seen))
}

/** Enumerations, namespaces and decorators are more than types. */
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
