import { regionOf } from './make.ts'
import type { Invariant } from './seen.ts'

/** Every secret of a scenario begins with it. */
const mark = 's3cr3t'

/** No event, result or notice carries a secret. */
export const secrets: Invariant = {
  name: 'no event, result or notice carries a secret',
  check({ run, aws, scenario }) {
    if (!JSON.stringify(scenario.definitions).includes(mark)) return []
    const found = (what: string, value: unknown): string[] => {
      const text = JSON.stringify(value) ?? ''
      const at = text.indexOf(mark)
      return at < 0 ? [] : [`${what}: ${text.slice(Math.max(0, at - 100), at + 20)}`]
    }
    // Most runs hold none at all, which one search tells.
    const events = found('events', run.events).length > 0 ? run.events : []
    const topics = Object.values(regionOf(aws).topics).map(({ published }) => published)
    return [
      ...events.flatMap((event) => found(event.type, event)),
      ...found('result', run.result),
      ...found('topic', topics),
    ]
  },
}
