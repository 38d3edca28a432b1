// Puts tags on resources. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTags.html
import type { CreateTagsRequest } from '@aws-sdk/client-ec2'
import { checkResource, putTags } from '../resource.ts'
import type { Nothing, Operation } from '../../world/operation.ts'

export const createTags: Operation<CreateTagsRequest, Nothing> = ({ Resources, Tags }, { region }): Nothing => {
  for (const id of Resources) checkResource(region, id)
  for (const id of Resources) putTags(region, id, Tags)
  return {}
}
