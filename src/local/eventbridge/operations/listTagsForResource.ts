// Returns the tags of a rule or an event bus.
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListTagsForResource.html
import type { ListTagsForResourceRequest, ListTagsForResourceResponse } from '@aws-sdk/client-eventbridge'
import { checkTagged } from '../tags.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { capitalTagsOf } from '../../world/tags.ts'

export const listTagsForResource: Operation<ListTagsForResourceRequest, ListTagsForResourceResponse> = (
  { ResourceARN },
  { region },
): Wire<ListTagsForResourceResponse> => {
  checkTagged(region, ResourceARN)
  return { Tags: capitalTagsOf(region, ResourceARN) }
}
