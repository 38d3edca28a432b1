import { cut, width } from './width.ts'

const noBreak = '\u00a0'

/** Narrower than this no text can be read. */
const narrowest = 20

/**
 * The text in lines of at most `columns` (20 or more), broken at spaces; a word that is longer than a line is broken where it
 * must be. A no-break space becomes a space, at which only such a long word is broken.
 */
export function wrapped(text: string, columns: number): string[] {
  const most = Math.max(columns, narrowest)
  const lines: string[] = []
  let line = ''
  const words = text.split(' ').flatMap((word) => (width(word) > most ? word.split(noBreak) : [word]))
  for (let word of words) {
    const longer = line === '' ? word : `${line} ${word}`
    if (width(longer) <= most) {
      line = longer
      continue
    }
    if (line !== '') lines.push(line)
    while (width(word) > most) {
      const part = cut(word, most) || word
      lines.push(part)
      word = word.slice(part.length)
    }
    line = word
  }
  if (line !== '' || lines.length === 0) lines.push(line)
  return lines.map((one) => one.replaceAll(noBreak, ' '))
}
