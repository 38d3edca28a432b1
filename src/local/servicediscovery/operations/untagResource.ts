// Removes tags from a namespace or a service. https://docs.aws.amazon.com/cloud-map/latest/api/API_UntagResource.html
import type { UntagResourceRequest } from '@aws-sdk/client-servicediscovery'
import { checkTagged } from '../tags.ts'
import type { Nothing, Operation } from '../../world/operation.ts'
import { takeTags } from '../../world/tags.ts'

export const untagResource: Operation<UntagResourceRequest, Nothing> = (
  { ResourceARN, TagKeys },
  { region },
): Nothing => {
  checkTagged(region, ResourceARN)
  takeTags(region, ResourceARN, TagKeys)
  return {}
}
