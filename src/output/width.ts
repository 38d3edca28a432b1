/** How wide text is on a terminal, and text cut to a width. */
/** East Asian wide and fullwidth characters and emoji: two columns each. https://www.unicode.org/reports/tr11 */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u4dbf\u4e00-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{16fe0}-\u{18aff}\u{1b000}-\u{1b2ff}\u{1f000}-\u{1faff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u

const zero = /[\p{Mn}\p{Me}\p{Cf}]/u
const ascii = /^[ -~]*$/

/** Asks for the emoji form of a character, which terminals draw in one column or in two. */
const emojiForm = '\ufe0f'

/**
 * How many columns of a terminal the text takes. Where terminals differ, as with joined emoji, it is the larger number:
 * a line that is cut a little early is better than one that wraps.
 */
export function width(text: string): number {
  if (ascii.test(text)) return text.length
  let columns = 0
  for (const character of text) {
    if (character === emojiForm) columns += 1
    else if (!zero.test(character)) columns += wide.test(character) ? 2 : 1
  }
  return columns
}

let segmenter: Intl.Segmenter | undefined

/** The text, cut so that it takes at most `columns`; what a reader takes for one character is never cut in two. */
export function cut(text: string, columns: number): string {
  if (width(text) <= columns) return text
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
