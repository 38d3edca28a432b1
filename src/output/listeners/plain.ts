/** Plain lines for CI logs and pipes. */
import type { Listener } from '../../engine/events.ts'
import { printed } from '../line.ts'
import { emptyPicture, reduce } from '../picture.ts'
import { linesOf } from '../telling.ts'
import type { Zone } from '../time.ts'

/**
 * Creates a listener that writes each change as one line, without a line break, for CI logs and pipes. Each line makes sense
 * alone: people read logs later, and in parts. `color` adds ANSI escapes, `verbose` every call to AWS. Times are UTC unless
 * you pass a `zone`.
 */
export function plain(
  write: (line: string) => void,
  options: { readonly color: boolean; readonly verbose?: boolean; readonly zone?: Zone | undefined },
): Listener {
  let picture = emptyPicture
  return {
    hear(event) {
      for (const line of linesOf(event, picture, options)) write(printed(line, { color: options.color }))
      picture = reduce(picture, event)
    },
  }
}
