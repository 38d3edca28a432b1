/** Plain lines for CI logs and pipes. */
import type { Listener } from '../../engine/events.ts'
import type { Grouped } from '../../ground/runner.ts'
import { grouping } from '../groups.ts'
import { printed } from '../line.ts'
import { emptyPicture, reduce } from '../picture.ts'
import { linesOf } from '../telling.ts'
import type { Zone } from '../time.ts'

/** How lines look, and how much they say. */
interface Look {
  readonly color: boolean
  readonly verbose?: boolean
  readonly zone?: Zone | undefined
}

/**
 * Creates a listener that writes each change as one line, without a line break, for CI logs and pipes. Each line makes sense
 * alone: people read logs later, and in parts. `color` adds ANSI escapes, `verbose` every call to AWS. Times are UTC unless
 * you pass a `zone`.
 */
export function plain(
  write: (line: string) => void,
  options: { readonly color: boolean; readonly verbose?: boolean; readonly zone?: Zone | undefined },
): Listener {
  return plainFor(undefined, write, options)
}

/** @internal The same for the log of a CI runner, in which the long parts are folded. */
export function plainFor(runner: Grouped | undefined, write: (line: string) => void, options: Look): Listener {
  const around = runner && grouping(runner)
  let picture = emptyPicture
  return {
    hear(event) {
      const lines = linesOf(event, picture, options)
      if (lines.length > 0) around?.(event, picture).forEach(write)
      for (const line of lines) write(printed(line, { color: options.color }))
      picture = reduce(picture, event)
    },
  }
}
