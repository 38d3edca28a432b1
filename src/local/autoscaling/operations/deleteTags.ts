// Removes tags from groups. https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DeleteTags.html
import { findGroup } from '../group.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const deleteTags: Operation = ({ Tags }, { region }) => {
  const groups = Tags.map(({ ResourceId }: Wire) => findGroup(region, ResourceId ?? '').group)
  Tags.forEach(({ Key }: Wire, index: number) => {
    groups[index].Tags = groups[index].Tags.filter((tag: Wire) => tag.Key !== Key)
  })
  return {}
}
