// Tags a group of schedules.
// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_TagResource.html
import type { TagResourceInput } from '@aws-sdk/client-scheduler'
import type { Nothing, Operation } from '../../world/operation.ts'
import { putTags } from '../../world/tags.ts'
import { groupOfArn } from '../group.ts'

export const tagResource: Operation<TagResourceInput, Nothing> = ({ ResourceArn, Tags }, { region }): Nothing => {
  putTags(region, groupOfArn(region, ResourceArn).Arn, Tags)
  return {}
}
