// Puts tags on a rule or an event bus. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TagResource.html
import type { TagResourceRequest, TagResourceResponse } from '@aws-sdk/client-eventbridge'
import { checkTagged } from '../tags.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { putTags } from '../../world/tags.ts'

export const tagResource: Operation<TagResourceRequest, TagResourceResponse> = (
  { ResourceARN, Tags },
  { region },
): Wire<TagResourceResponse> => {
  checkTagged(region, ResourceARN)
  putTags(region, ResourceARN, Tags)
  return {}
}
