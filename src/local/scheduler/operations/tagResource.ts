// Tags a group of schedules.
// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_TagResource.html
import type { TagResourceInput } from '@aws-sdk/client-scheduler'
import type { Operation } from '../../world/operation.ts'
import { groupOfArn } from '../group.ts'

export const tagResource: Operation<TagResourceInput> = ({ ResourceArn, Tags }, { region }) => {
  const { Arn } = groupOfArn(region, ResourceArn)
  const keys = Tags.map(({ Key }) => Key)
  region.tags[Arn] = [...(region.tags[Arn] ?? []).filter(({ Key }) => !keys.includes(Key)), ...Tags]
  return {}
}
