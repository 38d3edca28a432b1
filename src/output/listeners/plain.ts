import type { Listener } from '../../engine/events.ts'
import { printed } from '../line.ts'
import { linesOf, stamped } from '../linesOf.ts'
import { emptyPicture, reduce } from '../picture.ts'

/** Lines for a log that nobody watches, as that of a CI system: one for each change, each understandable alone. */
export function plain(write: (line: string) => void, options: { readonly color: boolean }): Listener {
  let picture = emptyPicture
  return {
    hear(event) {
      const lines = linesOf(event, picture).flatMap((line) => stamped(event, line))
      for (const line of lines) write(printed(line, options))
      picture = reduce(picture, event)
    },
  }
}
