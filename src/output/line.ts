/** A line for a terminal as data, and how it becomes text. */
import { styleText } from 'node:util'
import { inert, visible, visibleInLine } from '../ground/visible.ts'
import { cut, width } from './width.ts'

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan' | 'blue' | 'magenta'

/** A piece of a line; what is not styled is a string. */
export type Span = string | readonly [style: Style, text: string]

/** Looks like a space, but no line is broken there. */
export const noBreak = '\u00a0'

/** The text so that `folded` keeps it in one piece: a command to copy, a line that a container logged. */
export function unbroken(text: string): string {
  return text.replaceAll(' ', noBreak)
}

/** Whether a line is in one piece as a whole: a terminal that is too narrow for it wraps it by itself, so that it can be copied. */
export function isUnbroken(line: Line): boolean {
  const text = line.map(textOf).join('')
  return text.includes(noBreak) && !text.includes(' ')
}

export function textOf(span: Span): string {
  return typeof span === 'string' ? span : span[1]
}

/** Styles are data, so that a line can be measured, folded and cut without parsing escape sequences. */
export type Line = readonly Span[]

/**
 * The line as a terminal takes it. Every text in it becomes `visible` here, and nowhere else, so that none is forgotten.
 * A line longer than `columns` ends in `…`, but for one that is unbroken.
 */
export function printed(line: Line, options: { readonly color: boolean; readonly columns?: number }): string {
  const { color, columns = Infinity } = options
  let isStart = true
  const spans = line.map((span) => {
    const text = shown(typeof span === 'string' ? span : span[1], isStart)
    isStart &&= text.trim() === ''
    return typeof span === 'string' ? { text } : { style: span[0], text }
  })
  const tooLong = !isUnbroken(line) && spans.reduce((sum, { text }) => sum + width(text), 0) > columns
  let room = tooLong ? columns - 1 : Infinity
  let out = ''
  for (const { style, text } of spans) {
    const kept = cut(text, room)
    if (kept !== '') out += style && color ? styleText(style, kept, { validateStream: false }) : kept
    if (kept !== text) break
    room -= width(kept)
  }
  // A line with a width is drawn on a terminal: no CI runner reads there, and a space more would break it.
  if (columns !== Infinity) return tooLong ? `${out}…` : out
  return inert(out)
}

/** Lines as one text, each with its line break. */
export function printedLines(lines: readonly Line[], options: Parameters<typeof printed>[1]): string {
  return lines.map((line) => `${printed(line, options)}\n`).join('')
}

function shown(text: string, isStart: boolean): string {
  return (isStart ? visible : visibleInLine)(text).replaceAll(noBreak, ' ')
}
