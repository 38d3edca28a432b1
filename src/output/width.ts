/** How wide text is on a terminal, and text cut to a width. */
import { eastAsianWidth } from 'get-east-asian-width'

const ascii = /^[ -~]*$/
/** Combining marks and format characters, which take no column. */
const zero = /[\p{Mn}\p{Me}\p{Cf}]/u
/** Half of a flag, which some terminals draw as a wide letter of its own. */
const halfFlag = /\p{Regional_Indicator}/u

/** Asks for the emoji form of a character, which terminals draw in one column or in two. */
const emojiForm = '\ufe0f'

/**
 * How many columns of a terminal the text takes. Where terminals differ, as with joined emoji, it is the larger number:
 * a line cut a little early does less harm than one that wraps.
 */
export function width(text: string): number {
  if (ascii.test(text)) return text.length
  let columns = 0
  for (const character of text) columns += widthOf(character)
  return columns
}

/** How many rows of a terminal a text takes that wraps what is too long for it. */
export function rowsOf(text: string, columns: number): number {
  return Math.max(1, Math.ceil(width(text) / columns))
}

function widthOf(character: string): number {
  if (character === emojiForm) return 1
  if (zero.test(character)) return 0
  return halfFlag.test(character) ? 2 : eastAsianWidth(character.codePointAt(0)!)
}

let segmenter: Intl.Segmenter | undefined

/** The text cut to at most `columns`, never within what a reader sees as one character. */
export function cut(text: string, columns: number): string {
  if (width(text) <= columns) return text
  // A segmenter takes 20 ms to start, which most lines can do without.
  if (ascii.test(text)) return text.slice(0, Math.max(columns, 0))
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  let kept = ''
  let room = columns
  for (const { segment } of segmenter.segment(text)) {
    room -= width(segment)
    if (room < 0) break
    kept += segment
  }
  return kept
}

/** The text in pieces of at most `columns`, cut as `cut` does. In one walk: a word may be as long as a log line. */
export function inPieces(text: string, columns: number): string[] {
  if (width(text) <= columns) return [text]
  if (ascii.test(text)) return text.match(new RegExp(`.{1,${columns}}`, 'g')) ?? []
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  const found: string[] = []
  let piece = ''
  let room = columns
  for (const { segment } of segmenter.segment(text)) {
    const wide = width(segment)
    if (wide > room && piece !== '') {
      found.push(piece)
      piece = ''
      room = columns
    }
    piece += segment
    room -= wide
  }
  return [...found, piece]
}
