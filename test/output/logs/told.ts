import type { RunEvent, ToldEvent } from '../../../src/engine/events.ts'

/** Events with the second after 12:00:00 UTC at which each is told. */
export function told(...events: readonly (readonly [second: number, event: RunEvent])[]): ToldEvent[] {
  return events.map(([second, event]) => ({
    ...event,
    at: new Date(Date.UTC(2026, 0, 15, 12, 0, second)).toISOString(),
  }))
}
