// Puts tags on groups; existing instances keep the tags that they have.
// https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateOrUpdateTags.html
import { findGroup, withTag } from '../group.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const createOrUpdateTags: Operation = ({ Tags }, { region }) => {
  const groups = Tags.map(({ ResourceId }: Wire) => findGroup(region, ResourceId ?? '').group)
  Tags.forEach((tag: Wire, index: number) => {
    groups[index].Tags = withTag(groups[index].Tags, tag)
  })
  return {}
}
