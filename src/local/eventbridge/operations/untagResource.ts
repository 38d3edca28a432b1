// Removes tags from a rule or an event bus.
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_UntagResource.html
import type { UntagResourceRequest } from '@aws-sdk/client-eventbridge'
import { checkTagged } from '../tags.ts'
import type { Nothing, Operation } from '../../world/operation.ts'
import { takeTags } from '../../world/tags.ts'

export const untagResource: Operation<UntagResourceRequest, Nothing> = (
  { ResourceARN, TagKeys },
  { region },
): Nothing => {
  checkTagged(region, ResourceARN)
  takeTags(region, ResourceARN, TagKeys)
  return {}
}
