// ListTagsForResource: lists the tags of one resource.
import type { ListTagsForResourceRequest, ListTagsForResourceResponse } from '@aws-sdk/client-ecs'
import type { Operation, Wire } from '../../world/operation.ts'
import { tagsOf } from '../../world/tags.ts'
import { taggedArn } from '../tags.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTagsForResource.html */
export const listTagsForResource: Operation<ListTagsForResourceRequest, ListTagsForResourceResponse> = (
  { resourceArn },
  { region },
): Wire<ListTagsForResourceResponse> => {
  return { tags: tagsOf(region, taggedArn(region, resourceArn)) }
}
