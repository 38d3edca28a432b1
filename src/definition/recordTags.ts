// The tags with which --record says of a revision where it comes from.

/** A tag that --record adds. */
export interface RecordTag {
  readonly key: string
  readonly value: string
}

export const commitTag = 'ecs-task:commit'
export const actorTag = 'ecs-task:actor'
/** The address of the CI's run. `ecs-task:run` is another: it marks what one run of a stack makes. */
export const ciRunTag = 'ecs-task:ci-run'

const keys: readonly string[] = [commitTag, actorTag, ciRunTag]

/** Whether a tag says where a revision comes from, and nothing of what it is: revisions are compared without it. */
export function isRecordTag({ key = '' }: { readonly key?: string | undefined }): boolean {
  return keys.includes(key)
}

/** In characters. */
export const longestTagValue = 256

/**
 * Whether AWS takes a text for the value of a tag: letters, digits, blanks and `+-=._:/@`.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Tag.html
 */
export function isTagValue(text: string): boolean {
  return /^[\p{L}\p{N} _.:/=+@-]*$/u.test(text) && text.length <= longestTagValue
}
