// Returns the tags of up to 20 resources.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTags.html
import type { DescribeTagsInput, DescribeTagsOutput } from '@aws-sdk/client-elastic-load-balancing-v2'
import { AwsFault } from '../../world/fault.ts'
import { tagsOf } from '../../world/tags.ts'
import { checkTagged } from '../tags.ts'
import type { Operation, Wire } from '../../world/operation.ts'

const mostResources = 20

export const describeTags: Operation<DescribeTagsInput, DescribeTagsOutput> = (
  { ResourceArns },
  { region },
): Wire<DescribeTagsOutput> => {
  if (ResourceArns.length > mostResources) {
    throw new AwsFault('ValidationError', `Cannot have more than ${mostResources} resources described`)
  }
  for (const arn of ResourceArns) checkTagged(region, arn)
  const TagDescriptions = ResourceArns.map((ResourceArn) => {
    return { ResourceArn, Tags: tagsOf(region, ResourceArn).map(({ Key = '', Value }) => ({ Key, Value })) }
  })
  return { TagDescriptions }
}
