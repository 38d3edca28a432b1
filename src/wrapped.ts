import { cut, width } from './width.ts'

/** Narrower than this no text can be read. */
const narrowest = 20

/**
 * The text in lines of at most `columns` (20 or more), broken at spaces; a word that is longer than a line is broken where it
 * must be. A no-break space becomes a space, at which nothing is broken.
 */
export function wrapped(text: string, columns: number): string[] {
  const most = Math.max(columns, narrowest)
  const lines: string[] = []
  let line = ''
  for (let word of text.split(' ')) {
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
  return lines.map((one) => one.replaceAll('\u00a0', ' '))
}
