import { type Line, type Span, noBreak } from './line.ts'
import { visible } from './visible.ts'
import { width } from './width.ts'

/** Narrower than this no text can be read. */
const narrowest = 20

/**
 * The line in lines of at most `columns` (20 or more), broken at its spaces; all but the first are two columns further in
 * than it is. What is `unbroken` stays in one piece, however long: where the terminal breaks it, it can still be copied.
 */
export function folded(line: Line, columns: number): Line[] {
  const most = Math.max(columns, narrowest)
  const pieces = line.flatMap(piecesOf)
  const text = pieces.map(textOf).join('')
  if (width(text) <= most) return [line]
  const margin = text.length - text.replace(new RegExp(`^[ ${noBreak}]+`), '').length
  const lines: Span[][] = [[]]
  let column = 0
  // A space is written together with the word behind it, so that none is left over at a break.
  let spaces: Span[] = []
  for (const piece of pieces) {
    if (textOf(piece).startsWith(' ')) {
      spaces.push(piece)
      continue
    }
    const wide = width([...spaces, piece].map(textOf).join(''))
    if (spaces.length > 0 && column > margin && column + wide > most) {
      lines.push([' '.repeat(margin + 2), piece])
      column = margin + 2 + width(textOf(piece))
    } else {
      lines.at(-1)!.push(...spaces, piece)
      column += wide
    }
    spaces = []
  }
  return lines.map(together)
}

/** The span in words and spaces, each in its style. */
function piecesOf(span: Span): Span[] {
  return visible(textOf(span))
    .split(/( +)/)
    .filter((text) => text !== '')
    .map((text) => (typeof span === 'string' ? text : [span[0], text]))
}

/** Neighbors in one style as one span. */
function together(spans: readonly Span[]): Line {
  const joined: Span[] = []
  for (const span of spans) {
    const last = joined.at(-1)
    if (typeof span === 'string') joined.push(typeof last === 'string' ? `${joined.pop() as string}${span}` : span)
    else if (last !== undefined && typeof last !== 'string' && last[0] === span[0])
      joined.splice(-1, 1, [span[0], last[1] + span[1]])
    else joined.push(span)
  }
  return joined
}

function textOf(span: Span): string {
  return typeof span === 'string' ? span : span[1]
}
