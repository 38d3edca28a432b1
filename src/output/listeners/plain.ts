/** Plain lines: what CI logs and pipes are told. */
import type { Listener } from '../../engine/events.ts'
import { printed } from '../line.ts'
import { emptyPicture, reduce } from '../picture.ts'
import { linesOf } from '../telling.ts'
import type { Zone } from '../time.ts'

/**
 * A listener that writes one line, without its line break, for each change, for CI logs and pipes. Each can be understood
 * alone: a log is read later, and in parts. `color` adds ANSI escapes, `verbose` every call to AWS; times are UTC unless there
 * is a `zone`.
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
