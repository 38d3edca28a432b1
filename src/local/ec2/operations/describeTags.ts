// Lists the tags of the resources of EC2. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTags.html
import type { DescribeTagsRequest, DescribeTagsResult } from '@aws-sdk/client-ec2'
import { filtered } from '../../wire/filtered.ts'
import { pageOf } from '../page.ts'
import { resourceTypeOf } from '../resource.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const describeTags: Operation<DescribeTagsRequest, DescribeTagsResult> = (
  input,
  { region },
): Wire<DescribeTagsResult> => {
  const all = Object.entries(region.tags).flatMap(([ResourceId, tags]) => {
    const ResourceType = resourceTypeOf(ResourceId)
    // Whatever is tagged under its ARN belongs to another service.
    return ResourceType === undefined ? [] : tags.map(({ Key, Value }) => ({ Key, Value, ResourceId, ResourceType }))
  })
  const found = filtered(all, input.Filters, {
    key: ({ Key }) => Key,
    value: ({ Value }) => Value,
    'resource-id': ({ ResourceId }) => ResourceId,
    'resource-type': ({ ResourceType }) => ResourceType,
  })
  const { items, nextToken } = pageOf(found, input)
  return { Tags: items, NextToken: nextToken }
}
