// Puts tags on a rule or an event bus. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TagResource.html
import type { TagResourceRequest } from '@aws-sdk/client-eventbridge'
import { checkTagged } from '../tags.ts'
import type { Nothing, Operation } from '../../world/operation.ts'
import { putTags } from '../../world/tags.ts'

export const tagResource: Operation<TagResourceRequest, Nothing> = ({ ResourceARN, Tags }, { region }): Nothing => {
  checkTagged(region, ResourceARN)
  putTags(region, ResourceARN, Tags)
  return {}
}
