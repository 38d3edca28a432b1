// The tags that are kept beside records, by ARN; ECS and CloudWatch Logs spell their members in lower case.
import { copyOf } from './copy.ts'

/** A tag as it is kept: as its service spells it. */
export interface Tag {
  readonly Key?: string | undefined
  readonly Value?: string | undefined
  readonly key?: string | undefined
  readonly value?: string | undefined
}

/** A tag of a service that spells it in capitals, and always has a value. */
export interface CapitalTag {
  readonly Key: string
  readonly Value: string
}

/** Where tags are kept: a region, or what belongs to none. */
interface Tagged {
  readonly tags: Record<string, Tag[]>
}

/** The tags of whatever has that ARN, in the order they were put on. */
export function tagsOf(of: Tagged, arn: string): Tag[] {
  return of.tags[arn] ?? []
}

/** The same, where the service spells them in capitals. */
export const capitalTagsOf = (of: Tagged, arn: string): CapitalTag[] =>
  tagsOf(of, arn).map(({ Key = '', Value = '' }) => ({ Key, Value }))

/** Puts tags on; a key that is there already gets the new value. */
export function putTags(of: Tagged, arn: string, tags: readonly Tag[]): void {
  const keys = new Set(tags.map(keyOf))
  of.tags[arn] = [...tagsOf(of, arn).filter((tag) => !keys.has(keyOf(tag))), ...copyOf(tags)]
}

/** Takes the tags of those keys off; keys that are not there are passed over. */
export function takeTags(of: Tagged, arn: string, keys: readonly string[]): void {
  of.tags[arn] = tagsOf(of, arn).filter((tag) => !keys.includes(keyOf(tag)))
}

const keyOf = ({ key, Key = '' }: Tag): string => key ?? Key
