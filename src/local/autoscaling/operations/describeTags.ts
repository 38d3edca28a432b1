// Lists the tags of groups. https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeTags.html
import type { DescribeTagsType, TagsType } from '@aws-sdk/client-auto-scaling'
import { pageOf } from '../page.ts'
import { filtered } from '../../wire/filtered.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { refuseAs } from '../../wire/refuseAs.ts'

export const describeTags: Operation<DescribeTagsType, TagsType> = (input, { region }): Wire<TagsType> => {
  const all = Object.values(region.autoScalingGroups).flatMap(({ group }) => group.Tags)
  const found = refuseAs('ValidationError', () =>
    filtered(all, input.Filters, {
      'auto-scaling-group': ({ ResourceId }) => ResourceId,
      key: ({ Key }) => Key,
      value: ({ Value }) => Value,
      'propagate-at-launch': ({ PropagateAtLaunch }) => PropagateAtLaunch,
    }),
  )
  const { items, nextToken } = pageOf(found, input)
  return { Tags: items, NextToken: nextToken }
}
