/** Texts in lines of a width. */
import { visibleInLine } from '../ground/visible.ts'
import { commandStart } from '../ground/command.ts'
import { wrapped } from './folded.ts'
import { type Line, type Style, unbroken } from './line.ts'
import { width } from './width.ts'

export interface Layout {
  readonly columns: number
  readonly indent?: number
  readonly style?: Style | undefined
  readonly most?: number
}

/**
 * A text in lines, every one but the first two columns further in; after `most` lines it ends in `…`. The command at its end has
 * a line of its own, whole, where there is no `most`.
 */
export function paragraph(text: string, { columns, indent = 0, style, most = Infinity }: Layout): Line[] {
  const shownText = visibleInLine(text)
  const room = columns - indent - 2
  const at = most === Infinity && width(shownText) > room ? commandStart(shownText) : undefined
  const lines =
    at === undefined
      ? wrapped(shownText, room)
      : [...wrapped(shownText.slice(0, at).trimEnd(), room), unbroken(shownText.slice(at))]
  return lines.slice(0, most).map((line, index) => {
    const shown = index === most - 1 && lines.length > most ? `${line} …` : line
    const space = ' '.repeat(index === 0 ? indent : indent + 2)
    return style ? [space, [style, shown]] : [`${space}${shown}`]
  })
}
