// Removes tags from resources; without Tags, all that a user has put on.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteTags.html
import type { DeleteTagsRequest } from '@aws-sdk/client-ec2'
import { checkResource, takeTags } from '../resource.ts'
import type { Nothing, Operation } from '../../world/operation.ts'

export const deleteTags: Operation<DeleteTagsRequest, Nothing> = ({ Resources, Tags }, { region }): Nothing => {
  for (const id of Resources) checkResource(region, id)
  for (const id of Resources) takeTags(region, id, Tags)
  return {}
}
