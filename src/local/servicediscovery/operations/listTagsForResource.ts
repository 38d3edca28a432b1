// Returns the tags of a namespace or a service.
// https://docs.aws.amazon.com/cloud-map/latest/api/API_ListTagsForResource.html
import type { ListTagsForResourceRequest, ListTagsForResourceResponse } from '@aws-sdk/client-servicediscovery'
import { capitalTagsOf } from '../../world/tags.ts'
import { checkTagged } from '../tags.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const listTagsForResource: Operation<ListTagsForResourceRequest, ListTagsForResourceResponse> = (
  { ResourceARN },
  { region },
): Wire<ListTagsForResourceResponse> => {
  checkTagged(region, ResourceARN)
  return { Tags: capitalTagsOf(region, ResourceARN) }
}
