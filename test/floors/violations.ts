// Applies all rules of the house to a tree of sources.
import { circles } from './circles.ts'
import { fileFaults, folderFaults } from './fileRules.ts'
import { importFaults, targetOf } from './importRules.ts'
import { type Import, readSource } from './source.ts'

/**
 * What is wrong with a tree of sources, a sentence each.
 *
 * @param files - the text of every file, by its path from `src`: `deploy/steps/runTask.ts`
 */
export function violations(files: Readonly<Record<string, string>>): string[] {
  const sources = Object.entries(files).map(([path, text]) => ({ path, text, source: readSource(text) }))
  // Types count: two files that need each other's are a circle.
  const graph = sources.map(({ path, source }): [string, string[]] => [path, source.imports.flatMap(targetIn(path))])
  const faults = [
    ...sources.flatMap(({ path, text, source }) => [...importFaults(path, source), ...fileFaults(path, text)]),
    ...folderFaults(Object.keys(files)),
    ...circles(Object.fromEntries(graph)),
  ]
  return [...new Set(faults)]
}

const targetIn =
  (path: string) =>
  ({ specifier }: Import): string[] =>
    specifier.startsWith('.') ? [targetOf(path, specifier)] : []
