/** Lines and texts broken at their spaces to fit a width. */
import { commandStart } from '../ground/command.ts'
import { type Line, type Span, noBreak, textOf, unbroken } from './line.ts'
import { visibleInLine } from '../ground/visible.ts'
import { inPieces, width } from './width.ts'

/** Text narrower than this cannot be read. */
const narrowest = 20

/**
 * Breaks a line at its spaces into lines of at most `columns` (20 or more); all but the first are indented by two more.
 * What is `unbroken` stays in one piece, however long: even where the terminal breaks it, it can be copied. So does the command
 * at the end of a line, on a line of its own.
 */
export function folded(line: Line, columns: number): Line[] {
  const most = Math.max(columns, narrowest)
  const pieces = line.flatMap(piecesOf)
  if (wide(pieces) <= most) return [line]
  const text = pieces.map(textOf).join('')
  const margin = text.length - text.replace(new RegExp(`^[ ${noBreak}]+`), '').length
  const at = commandStart(text)
  if (at !== undefined) {
    const [before, command] = parted(pieces, at)
    const whole = [' '.repeat(margin + 2), ...command].map((piece) => restyled(piece, unbroken(textOf(piece))))
    return [...(before.length > 0 ? folded(before, columns) : []), together(whole)]
  }
  const lines: Span[][] = [[]]
  let column = 0
  for (const { spaces, parts } of wordsOf(pieces)) {
    const begins = spaces.length > 0 && column > margin && column + wide([...spaces, ...parts]) > most
    if (begins) lines.push([' '.repeat(margin + 2), ...parts])
    else lines.at(-1)!.push(...spaces, ...parts)
    column = begins ? margin + 2 + wide(parts) : column + wide([...spaces, ...parts])
  }
  return lines.map(together)
}

/** The pieces before the command that begins there, without the space between, and those of the command. */
function parted(pieces: readonly Span[], at: number): [Span[], Span[]] {
  let length = 0
  const first = pieces.findIndex((piece) => (length += textOf(piece).length) > at)
  return [pieces.slice(0, Math.max(first - 1, 0)), pieces.slice(first)]
}

interface Word {
  /** In front of it; dropped where the line is broken. */
  readonly spaces: Span[]
  /** Several where it changes its style. */
  readonly parts: Span[]
}

function wordsOf(pieces: readonly Span[]): Word[] {
  const words: Word[] = [{ spaces: [], parts: [] }]
  for (const piece of pieces) {
    const isSpace = textOf(piece).startsWith(' ')
    if (isSpace && words.at(-1)!.parts.length > 0) words.push({ spaces: [], parts: [] })
    words.at(-1)![isSpace ? 'spaces' : 'parts'].push(piece)
  }
  return words.filter(({ parts }) => parts.length > 0)
}

function wide(spans: readonly Span[]): number {
  return width(spans.map(textOf).join(''))
}

/** The span in words and spaces, each in its style. */
function piecesOf(span: Span): Span[] {
  return visibleInLine(textOf(span))
    .split(/( +)/)
    .filter((text) => text !== '')
    .map((text) => restyled(span, text))
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

function restyled(span: Span, text: string): Span {
  return typeof span === 'string' ? text : [span[0], text]
}

/**
 * Breaks a text at its spaces into lines of at most `columns` (20 or more); a word longer than a line is broken anywhere.
 * A no-break space becomes a space, at which only such a long word is broken.
 */
export function wrapped(text: string, columns: number): string[] {
  const most = Math.max(columns, narrowest)
  const lines: string[] = []
  let line = ''
  const words = text.split(' ').flatMap((word) => (width(word) > most ? word.split(noBreak) : [word]))
  for (const word of words) {
    const longer = line === '' ? word : `${line} ${word}`
    if (width(longer) <= most) {
      line = longer
      continue
    }
    if (line !== '') lines.push(line)
    const parts = inPieces(word, most)
    lines.push(...parts.slice(0, -1))
    line = parts.at(-1) ?? ''
  }
  if (line !== '' || lines.length === 0) lines.push(line)
  return lines.map((one) => one.replaceAll(noBreak, ' '))
}
