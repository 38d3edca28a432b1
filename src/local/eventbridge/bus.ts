// The event buses of a region: `default`, those that somebody created, and those that rules were made on from outside of the API.
import type { EventBusRecord, Region } from '../world/world.ts'

/** A bus as it is shown; one that nobody created has no dates. */
export type EventBus = Pick<EventBusRecord, 'Name' | 'Arn'> & Partial<EventBusRecord>

export const busArn = (region: Region, name: string): string =>
  `arn:aws:events:${region.name}:${region.account}:event-bus/${name}`

/** All buses by name. */
export function busesOf(region: Region): EventBus[] {
  const ofRules = Object.keys(region.rules).map((key) => key.slice(0, key.indexOf('/')))
  const names = new Set(['default', ...Object.keys(region.eventBuses), ...ofRules])
  return [...names].toSorted().map((Name) => region.eventBuses[Name] ?? { Name, Arn: busArn(region, Name) })
}
