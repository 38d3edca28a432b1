// Lists the activities of the last six weeks, the newest first; those of a deleted group are gone.
// https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeScalingActivities.html
import type { ActivitiesType, DescribeScalingActivitiesType } from '@aws-sdk/client-auto-scaling'
import { findAnyGroup } from '../group.ts'
import { pageOf } from '../page.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const describeScalingActivities: Operation<DescribeScalingActivitiesType, ActivitiesType> = (
  input,
  { region },
): Wire<ActivitiesType> => {
  const { ActivityIds: ids = [], AutoScalingGroupName: name } = input
  const records = name === undefined ? Object.values(region.autoScalingGroups) : [findAnyGroup(region, name)]
  const found = records
    .flatMap(({ activities }) => activities.map(({ activity }) => activity).toReversed())
    .filter(({ ActivityId }) => ids.length === 0 || ids.includes(ActivityId))
    .toSorted((a, b) => b.StartTime - a.StartTime)
  const { items, nextToken } = pageOf(found, input, { default: 100, max: 100 })
  return { Activities: items, NextToken: nextToken }
}
