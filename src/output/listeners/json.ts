/** JSON lines: every event for programs, and for a replay. */
import type { Listener } from '../../engine/events.ts'
import { visibleJson } from '../../ground/visible.ts'

/**
 * Creates a listener that writes each event as one line of JSON, without a line break: `{"version":1,"at":"…","type":"…",…}`.
 * Dates are ISO 8601; a Reference is `{"$from":"<step>","what":"…"}`. You can parse a saved log and replay it in any other
 * listener.
 */
export function json(write: (line: string) => void): Listener {
  return {
    hear({ at, type, ...facts }) {
      write(visibleJson(JSON.stringify({ version: 1, at, type, ...facts }, plainErrors)))
    },
  }
}

/** An Error has no members that JSON would show. */
function plainErrors(_key: string, value: unknown): unknown {
  return value instanceof Error ? { name: value.name, message: value.message } : value
}
