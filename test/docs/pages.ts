// Reads the pages of the documentation: their sections, tables and links.
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { blocksOf } from '../../scripts/pageBlocks.mjs'

/** A file or folder of the repository. */
export const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))

/** The text of a file of the repository. */
export const text = (path: string): string => readFileSync(at(path), 'utf8')

/** The files below a folder, as paths from there. */
export const filesIn = (folder: string): string[] =>
  readdirSync(at(folder), { recursive: true, withFileTypes: true, encoding: 'utf8' })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(at(folder).length + 1).replaceAll('\\', '/'))

/** All pages that a reader may open, as paths from the repository. */
export const pages: readonly string[] = [
  'README.md',
  'CHANGELOG.md',
  'SECURITY.md',
  ...filesIn('docs')
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
]

/** What is between a heading of this text and the next one, of any level. */
export function section(page: string, heading: string): string {
  const lines = page.split('\n')
  const from = lines.findIndex((line) => /^#+ /.test(line) && line.replace(/^#+ /, '') === heading)
  if (from < 0) throw new Error(`There is no heading ${heading}.`)
  // A comment in a block of code may look like a heading; the pages have none.
  const length = lines.slice(from + 1).findIndex((line) => /^#+ /.test(line))
  return lines.slice(from + 1, length < 0 ? undefined : from + 1 + length).join('\n')
}

/** The rows of all tables in a text, without their heads: the cells of each, as written. */
export function rows(markdown: string): string[][] {
  const lines = markdown.split('\n')
  const isRule = (line: string | undefined): boolean => line !== undefined && /^\|[\s:|-]+\|$/.test(line)
  return lines
    .filter((line, index) => line.startsWith('|') && !isRule(line) && !isRule(lines[index + 1]))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
}

/** The blocks of code in a text, of the given language; '' for those that name none. */
export function blocks(markdown: string, language: string): string[] {
  return blocksOf(markdown).flatMap((block) => (block.language === language ? [block.text] : []))
}
