// Lists the tags of a group of schedules.
// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_ListTagsForResource.html
import type { ListTagsForResourceInput, ListTagsForResourceOutput } from '@aws-sdk/client-scheduler'
import type { Operation, Wire } from '../../world/operation.ts'
import { capitalTagsOf } from '../../world/tags.ts'
import { groupOfArn } from '../group.ts'

export const listTagsForResource: Operation<ListTagsForResourceInput, ListTagsForResourceOutput> = (
  { ResourceArn },
  { region },
): Wire<ListTagsForResourceOutput> => ({ Tags: capitalTagsOf(region, groupOfArn(region, ResourceArn).Arn) })
