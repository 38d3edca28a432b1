// Puts tags on a namespace or a service. https://docs.aws.amazon.com/cloud-map/latest/api/API_TagResource.html
import type { TagResourceRequest } from '@aws-sdk/client-servicediscovery'
import { checkTagged } from '../tags.ts'
import type { Nothing, Operation } from '../../world/operation.ts'
import { putTags } from '../../world/tags.ts'

export const tagResource: Operation<TagResourceRequest, Nothing> = ({ ResourceARN, Tags }, { region }): Nothing => {
  checkTagged(region, ResourceARN)
  putTags(region, ResourceARN, Tags)
  return {}
}
