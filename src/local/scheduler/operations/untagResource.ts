// Takes tags off a group of schedules.
// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_UntagResource.html
import type { UntagResourceInput } from '@aws-sdk/client-scheduler'
import type { Nothing, Operation } from '../../world/operation.ts'
import { takeTags } from '../../world/tags.ts'
import { groupOfArn } from '../group.ts'

export const untagResource: Operation<UntagResourceInput, Nothing> = (
  { ResourceArn, TagKeys },
  { region },
): Nothing => {
  takeTags(region, groupOfArn(region, ResourceArn).Arn, TagKeys)
  return {}
}
