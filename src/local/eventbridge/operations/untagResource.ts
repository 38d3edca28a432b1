// Removes tags from a rule or an event bus.
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_UntagResource.html
import type { UntagResourceRequest, UntagResourceResponse } from '@aws-sdk/client-eventbridge'
import { checkTagged } from '../tags.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { takeTags } from '../../world/tags.ts'

export const untagResource: Operation<UntagResourceRequest, UntagResourceResponse> = (
  { ResourceARN, TagKeys },
  { region },
): Wire<UntagResourceResponse> => {
  checkTagged(region, ResourceARN)
  takeTags(region, ResourceARN, TagKeys)
  return {}
}
