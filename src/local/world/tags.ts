// The tags that are kept beside records, by ARN.
import type { Wire } from './wire.ts'
import type { Region } from './world.ts'

/** The tags of whatever has that ARN, in the order they were put on. */
export function tagsOf(region: Region, arn: string): Wire[] {
  return region.tags[arn] ?? []
}

/** Puts tags on; a key that is there already gets the new value. */
export function putTags(region: Region, arn: string, tags: Wire[]): void {
  const keys = new Set(tags.map((tag) => tag.key))
  region.tags[arn] = [...tagsOf(region, arn).filter((tag) => !keys.has(tag.key)), ...tags]
}

/** Takes the tags of those keys off; keys that are not there are passed over. */
export function takeTags(region: Region, arn: string, keys: string[]): void {
  region.tags[arn] = tagsOf(region, arn).filter((tag) => !keys.includes(tag.key))
}
