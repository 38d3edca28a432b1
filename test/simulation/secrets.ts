import { regionOf } from './make.ts'
import type { Invariant } from './seen.ts'

/** Every secret of a scenario begins with it. */
const mark = 's3cr3t'

/** No event, result or notice carries a secret. */
export const secrets: Invariant = {
  name: 'no event, result or notice carries a secret',
  check({ run, aws, scenario }) {
    if (!isIn(scenario.definitions)) return []
    const found = (what: string, value: unknown): string[] => {
      if (!isIn(value)) return []
      const text = JSON.stringify(value)
      const at = text.indexOf(mark)
      return [`${what}: ${text.slice(Math.max(0, at - 100), at + 20)}`]
    }
    const topics = Object.values(regionOf(aws).topics).map(({ published }) => published)
    return [
      ...run.events.flatMap((event) => found(event.type, event)),
      ...found('result', run.result),
      ...found('topic', topics),
    ]
  },
}

/** Whether the mark is in any text or name of a value, which takes less than to write all of it as JSON. */
function isIn(value: unknown): boolean {
  if (typeof value === 'string') return value.includes(mark)
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return value.some(isIn)
  const record = value as Readonly<Record<string, unknown>>
  for (const key in record) {
    const member = record[key]
    if (key.includes(mark)) return true
    // Only a text or what holds some can hold it.
    if ((typeof member === 'string' || typeof member === 'object') && isIn(member)) return true
  }
  return false
}
