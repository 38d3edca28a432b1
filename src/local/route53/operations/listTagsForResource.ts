// Returns the tags of a hosted zone.
// https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListTagsForResource.html
import type { ListTagsForResourceRequest, ListTagsForResourceResponse } from '@aws-sdk/client-route-53'
import { capitalTagsOf } from '../../world/tags.ts'
import { taggedHostedZone } from '../hostedZone.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const listTagsForResource: Operation<ListTagsForResourceRequest, ListTagsForResourceResponse> = (
  { ResourceType, ResourceId },
  { global },
): Wire<ListTagsForResourceResponse> => {
  const id = taggedHostedZone(global, ResourceType, ResourceId)
  return { ResourceTagSet: { ResourceType, ResourceId, Tags: capitalTagsOf(global, id) } }
}
