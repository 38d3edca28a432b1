import { AwsFault } from '../world/fault.ts'
import type { Wire } from '../world/operation.ts'
import type { Region } from '../world/world.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions */
const mostTags = 50

/**
 * Puts tags on a resource of EC2; a key that is there already gets the new value. Throws InvalidParameterValue for a key
 * that AWS keeps for itself and TagLimitExceeded for the 51st tag.
 */
export function putResourceTags(region: Region, id: string, tags: readonly Wire[] = []): void {
  const reserved = tags.find(({ Key = '' }) => isReserved(Key))
  if (reserved) {
    const message = `Value ( ${reserved.Key} ) for parameter key is invalid. Tag keys starting with 'aws:' are reserved for internal use`
    throw new AwsFault('InvalidParameterValue', message)
  }
  putTagsOfAws(region, id, tags)
}

/** The same for the tags that AWS itself puts on. */
export function putTagsOfAws(region: Region, id: string, tags: readonly Wire[]): void {
  const values = new Map((region.tags[id] ?? []).map(({ Key, Value }) => [Key, Value]))
  for (const { Key, Value = '' } of tags) values.set(Key, Value)
  if ([...values.keys()].filter((key) => !isReserved(key)).length > mostTags) {
    throw new AwsFault('TagLimitExceeded', 'The maximum number of Tags for a resource has been reached.')
  }
  if (values.size > 0) region.tags[id] = [...values].map(([Key, Value]) => ({ Key, Value }))
}

/**
 * Takes tags off: of those keys, and where a Value is given only if it is the tag's; without `tags` all but those that
 * AWS has put on.
 */
export function takeResourceTags(region: Region, id: string, tags?: readonly Wire[]): void {
  const isTaken = (tag: Wire): boolean =>
    tags ? tags.some(({ Key, Value = tag.Value }) => Key === tag.Key && Value === tag.Value) : !isReserved(tag.Key)
  const kept = (region.tags[id] ?? []).filter((tag) => !isTaken(tag))
  if (kept.length > 0) region.tags[id] = kept
  else delete region.tags[id]
}

/** The tags of a Create call for what is made of that type, out of its TagSpecifications. */
export function specifiedTags(specifications: readonly Wire[] = [], resourceType: string): Wire[] {
  return specifications
    .filter(({ ResourceType }) => ResourceType === resourceType)
    .flatMap(({ Tags = [] }) => structuredClone(Tags))
}

const isReserved = (key: string): boolean => key.startsWith('aws:')
