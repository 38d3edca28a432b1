// TagResource: puts tags on a resource.
import type { Operation } from '../../world/operation.ts'
import { putTags } from '../../world/tags.ts'
import { taggedArn } from '../tags.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TagResource.html */
export const tagResource: Operation = ({ resourceArn, tags }, { region }) => {
  putTags(region, taggedArn(region, resourceArn), tags)
  return {}
}
