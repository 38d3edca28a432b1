/** Texts in lines of a width. */
import { visibleInLine } from '../ground/visible.ts'
import { wrapped } from './folded.ts'
import type { Line, Style } from './line.ts'

export interface Layout {
  readonly columns: number
  readonly indent?: number
  readonly style?: Style | undefined
  readonly most?: number
}

/** A text in lines, every one but the first two columns further in; after `most` lines it ends in `…`. */
export function paragraph(text: string, { columns, indent = 0, style, most = Infinity }: Layout): Line[] {
  const lines = wrapped(visibleInLine(text), columns - indent - 2)
  return lines.slice(0, most).map((line, index) => {
    const shown = index === most - 1 && lines.length > most ? `${line} …` : line
    const space = ' '.repeat(index === 0 ? indent : indent + 2)
    return style ? [space, [style, shown]] : [`${space}${shown}`]
  })
}
