// Removes tags from groups. https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DeleteTags.html
import type { DeleteTagsType } from '@aws-sdk/client-auto-scaling'
import { findGroup } from '../group.ts'
import type { Nothing, Operation } from '../../world/operation.ts'

export const deleteTags: Operation<DeleteTagsType, Nothing> = ({ Tags }, { region }): Nothing => {
  const tagged = Tags.map(({ Key, ResourceId = '' }) => ({ Key, group: findGroup(region, ResourceId).group }))
  for (const { Key, group } of tagged) group.Tags = group.Tags.filter((tag) => tag.Key !== Key)
  return {}
}
