// The tags that are kept beside records, by ARN; some services spell their members in capitals.
import type { Wire } from './wire.ts'
import type { Region } from './world.ts'

/** The tags of whatever has that ARN, in the order they were put on. */
export function tagsOf(region: Region, arn: string): Wire[] {
  return region.tags[arn] ?? []
}

/** Puts tags on; a key that is there already gets the new value. */
export function putTags(region: Region, arn: string, tags: readonly Wire[]): void {
  const keys = new Set(tags.map(keyOf))
  region.tags[arn] = [...tagsOf(region, arn).filter((tag) => !keys.has(keyOf(tag))), ...structuredClone(tags)]
}

/** Takes the tags of those keys off; keys that are not there are passed over. */
export function takeTags(region: Region, arn: string, keys: readonly string[]): void {
  region.tags[arn] = tagsOf(region, arn).filter((tag) => !keys.includes(keyOf(tag)))
}

const keyOf = ({ key, Key }: Wire): string => key ?? Key
