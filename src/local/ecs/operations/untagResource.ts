// UntagResource: takes tags off a resource, by key.
import type { UntagResourceRequest } from '@aws-sdk/client-ecs'
import type { Nothing, Operation } from '../../world/operation.ts'
import { takeTags } from '../../world/tags.ts'
import { taggedArn } from '../tags.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UntagResource.html */
export const untagResource: Operation<UntagResourceRequest, Nothing> = (
  { resourceArn, tagKeys },
  { region },
): Nothing => {
  takeTags(region, taggedArn(region, resourceArn), tagKeys)
  return {}
}
