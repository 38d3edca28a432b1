/** The escape sequences that redraw a block of lines in place. */
import { stripVTControlCharacters } from 'node:util'
import { rowsOf } from './width.ts'

const clearLine = '\x1b[2K'
const clearBelow = '\x1b[J'

/** A block of lines at the bottom of a terminal; its methods return what to write. */
interface Repainter {
  /**
   * Shows these lines in place of those before, on a terminal of so many `columns`; nothing to write when they are the same. The
   * text `above`, which ends in a line break, is printed above them and stays.
   */
  paint(lines: readonly string[], columns: number, above?: string): string
  /** Removes the block from a terminal that is now `columns` wide. */
  clear(columns: number): string
}

/** Rewrites only the lines that have changed, or all of them where the terminal wraps one. */
export function repainter(): Repainter {
  let painted: readonly string[] = []
  /** The rows that the block takes: a line that is too long for the terminal is wrapped by it. */
  const rowsAt = (columns: number, lines = painted): number =>
    lines.reduce((sum, line) => sum + rowsOf(stripVTControlCharacters(line), columns), 0)
  return {
    paint(lines, columns, above = '') {
      const rows = rowsAt(columns)
      const isWrapped = rows > painted.length || rowsAt(columns, lines) > lines.length
      if (above === '' && lines.length === painted.length && lines.every((line, index) => line === painted[index]))
        return ''
      const changes =
        above !== '' || isWrapped
          ? `\r${clearBelow}${above}${lines.map((line) => `${line}\n`).join('')}`
          : lines.map((line, index) => (line === painted[index] ? '\n' : `\r${clearLine}${line}\n`)).join('') +
            clearBelow
      painted = lines
      return up(rows) + changes
    },
    clear(columns) {
      // A terminal that became narrower has wrapped the lines that no longer fit.
      const rows = rowsAt(columns)
      painted = []
      return `${up(rows)}\r${clearBelow}`
    },
  }
}

function up(rows: number): string {
  return rows > 0 ? `\x1b[${rows}A` : ''
}
