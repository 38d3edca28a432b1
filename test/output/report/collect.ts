/** What reports are made of, from a log. */
import type { ToldEvent } from '../../../src/engine/events.ts'
import { type Collected, collecting } from '../../../src/output/report/collected.ts'

export function collect(log: readonly ToldEvent[]): Collected {
  const { hear, collected } = collecting()
  log.forEach(hear)
  return collected()
}
