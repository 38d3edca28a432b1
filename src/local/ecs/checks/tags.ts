// The tags of ECS. How many, how long and of which letters they are is in the model.
// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Tag.html
import type { Tag } from '@aws-sdk/client-ecs'
import type { Wire } from '../../world/operation.ts'
import { invalid } from '../invalid.ts'
import { repeated } from './problem.ts'

/** Refuses tags of which two have one key, and those that only AWS puts on. */
export function checkTags(tags: readonly Wire<Tag>[] = []): void {
  const keys = tags.map(({ key = '' }) => key)
  if (repeated(keys) !== undefined) throw invalid('Duplicate tag keys found. Please note that tag keys must be unique.')
  if (keys.some((key) => /^aws:/i.test(key))) {
    throw invalid('aws: prefixed tag key names are not allowed for external use.')
  }
}
