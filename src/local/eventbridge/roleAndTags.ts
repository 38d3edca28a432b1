// What EventBridge refuses in a role and in tags. How long they are is in the model.
import { AwsFault } from '../world/fault.ts'
import type { Tag } from '../world/tags.ts'

const refuse = (message: string): AwsFault => new AwsFault('ValidationException', message)

/** A role is told by its ARN; an absent one passes. */
export function checkRole(role: string | undefined): void {
  if (role === undefined || /^arn:aws[\w-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(role)) return
  throw refuse(`Parameter ${role} is not valid. Reason: Provided role is not in correct format.`)
}

/** Refuses more than 50 tags, two of one key, and those that only AWS puts on. */
export function checkTags(tags: readonly Tag[] = []): void {
  const keys = tags.map(({ Key = '' }) => Key)
  if (keys.length > 50) throw refuse('A rule can have up to 50 tags.')
  if (new Set(keys).size < keys.length)
    throw refuse('Duplicate tag keys found. Please note that tag keys must be unique.')
  if (keys.some((key) => /^aws:/i.test(key))) {
    throw refuse('aws: prefixed tag key names are not allowed for external use.')
  }
}
