/** The escape sequences that redraw a block of lines in place. */
import { stripVTControlCharacters } from 'node:util'
import { width } from './width.ts'

const clearLine = '\x1b[2K'
const clearBelow = '\x1b[J'

/** A block of lines at the bottom of a terminal; its methods return what to write. */
interface Repainter {
  /**
   * Shows these lines in place of those before; nothing to write when they are the same. The text `above`, which ends in a
   * line break, is printed above them and stays.
   */
  paint(lines: readonly string[], above?: string): string
  /** Removes the block from a terminal that is now `columns` wide. */
  clear(columns: number): string
}

/** Rewrites only the lines that have changed; every line must fit into the terminal. */
export function repainter(): Repainter {
  let painted: readonly string[] = []
  return {
    paint(lines, above = '') {
      if (above !== '') {
        const text = `${up(painted.length)}\r${clearBelow}${above}${lines.map((line) => `${line}\n`).join('')}`
        painted = lines
        return text
      }
      if (lines.length === painted.length && lines.every((line, index) => line === painted[index])) return ''
      const changes = lines.map((line, index) => (line === painted[index] ? '\n' : `\r${clearLine}${line}\n`))
      const text = up(painted.length) + changes.join('') + clearBelow
      painted = lines
      return text
    },
    clear(columns) {
      // A terminal that became narrower has wrapped the lines that no longer fit.
      const rows = painted.map((line) => Math.max(1, Math.ceil(width(stripVTControlCharacters(line)) / columns)))
      painted = []
      return `${up(rows.reduce((sum, one) => sum + one, 0))}\r${clearBelow}`
    },
  }
}

function up(rows: number): string {
  return rows > 0 ? `\x1b[${rows}A` : ''
}
