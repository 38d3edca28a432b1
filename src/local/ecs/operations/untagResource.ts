// UntagResource: takes tags off a resource, by key.
import type { UntagResourceRequest, UntagResourceResponse } from '@aws-sdk/client-ecs'
import type { Operation } from '../../world/operation.ts'
import { takeTags } from '../../world/tags.ts'
import { taggedArn } from '../tags.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UntagResource.html */
export const untagResource: Operation<UntagResourceRequest, UntagResourceResponse> = (
  { resourceArn, tagKeys },
  { region },
) => {
  takeTags(region, taggedArn(region, resourceArn), tagKeys)
  return {}
}
