// Puts tags on groups; existing instances keep the tags that they have.
// https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateOrUpdateTags.html
import type { CreateOrUpdateTagsType } from '@aws-sdk/client-auto-scaling'
import { findGroup, withTag } from '../group.ts'
import type { Nothing, Operation } from '../../world/operation.ts'

export const createOrUpdateTags: Operation<CreateOrUpdateTagsType, Nothing> = ({ Tags }, { region }): Nothing => {
  const tagged = Tags.map((tag) => ({ tag, group: findGroup(region, tag.ResourceId ?? '').group }))
  for (const { tag, group } of tagged) group.Tags = withTag(group.Tags, group.AutoScalingGroupName, tag)
  return {}
}
