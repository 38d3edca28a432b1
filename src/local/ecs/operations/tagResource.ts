// TagResource: puts tags on a resource.
import type { TagResourceRequest } from '@aws-sdk/client-ecs'
import type { Nothing, Operation } from '../../world/operation.ts'
import { putTags, tagsOf } from '../../world/tags.ts'
import { checkTags } from '../checks/tags.ts'
import { invalid } from '../invalid.ts'
import { taggedArn } from '../tags.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TagResource.html */
export const tagResource: Operation<TagResourceRequest, Nothing> = ({ resourceArn, tags }, { region }): Nothing => {
  checkTags(tags)
  const arn = taggedArn(region, resourceArn)
  const keys = new Set([...tagsOf(region, arn), ...tags].map(({ key }) => key))
  if (keys.size > 50) throw invalid('tags can have at most 50 items.')
  putTags(region, arn, tags)
  return {}
}
