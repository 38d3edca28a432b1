/** Text of others in Markdown, where nothing of it is markup, a link, a picture, a mention or HTML. */
import { visible } from '../../ground/visible.ts'

/** So many characters of a text are shown in a line, and of a line in a block. */
const mostInline = 400
const mostOfLine = 1_000

/** What no reader of Markdown takes for anything but text: letters, numbers, and marks that mean nothing. */
const plain = /^[\p{L}\p{N} ,.:;()'"%→✓✗…/-]*$/u

/** Addresses, pictures of the kind of `:smile:`, commits, lists: what becomes more than text without any mark. */
const more = /:(?!\s|$)|\bwww\b|\b[0-9a-f]{7,}\b|^\s*(?:[-(]|\d+[.)])/i

/** A text in a line: as it is where that is safe, else as code, in which nothing has a meaning. */
export function inline(text: string): string {
  const shown = shortened(text, mostInline)
  return plain.test(shown) && !more.test(shown) ? shown : code(shown)
}

/** A text as code in a line; in a table its bars need a backslash. */
export function code(text: string): string {
  const shown = shortened(text, mostInline)
  if (shown.trim() === '') return ''
  const fence = '`'.repeat(longestRun(shown) + 1)
  const isAtEdge = /^[` ]|[` ]$/.test(shown)
  return `${fence}${isAtEdge ? ` ${shown} ` : shown}${fence}`
}

/** The same in a cell of a table. */
export const cell = (text: string): string => code(text).replaceAll('\\', '\\\\').replaceAll('|', '\\|')

/** Lines as a block of code. */
export function block(lines: readonly string[]): string[] {
  const shown = lines.map((line) => shortened(line, mostOfLine))
  const fence = '`'.repeat(Math.max(3, longestRun(shown.join('\n')) + 1))
  return [fence, ...shown, fence]
}

/** A link to an address that we made. */
export const link = (text: string, url: string): string =>
  `[${text}](<${url.replace(/[()'!*<>|\\\s]/g, (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`)}>)`

function longestRun(text: string): number {
  let longest = 0
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length)
  return longest
}

/** As much as fits where many such texts have to, in a form in which nothing moves a cursor or hides. */
function shortened(text: string, most: number): string {
  return visible(text.length > most ? `${text.slice(0, most)}…` : text)
}
