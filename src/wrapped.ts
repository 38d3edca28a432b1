import { cut, width } from './width.ts'

/** The text in lines of at most `columns`, broken at spaces; a word that is longer than a line is broken where it must be. */
export function wrapped(text: string, columns: number): string[] {
  const most = Math.max(columns, 2)
  const lines: string[] = []
  let line = ''
  for (let word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (width(longer) <= most) {
      line = longer
      continue
    }
    if (line !== '') lines.push(line)
    for (; width(word) > most; word = word.slice(lines.at(-1)!.length)) lines.push(cut(word, most) || word.slice(0, 1))
    line = word
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line]
}
