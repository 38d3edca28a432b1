// Lists groups; unknown names are skipped.
// https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeAutoScalingGroups.html
import type { AutoScalingGroupNamesType, AutoScalingGroupsType } from '@aws-sdk/client-auto-scaling'
import { pageOf } from '../page.ts'
import { filtered } from '../../wire/filtered.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { refuseAs } from '../../wire/refuseAs.ts'

export const describeAutoScalingGroups: Operation<AutoScalingGroupNamesType, AutoScalingGroupsType> = (
  input,
  { region },
): Wire<AutoScalingGroupsType> => {
  const { AutoScalingGroupNames: names = [], IncludeInstances = true, Filters } = input
  const all = Object.values(region.autoScalingGroups).map(({ group }) => group)
  const named = all.filter(({ AutoScalingGroupName: name }) => names.length === 0 || names.includes(name))
  const found = refuseAs('ValidationError', () =>
    filtered(named, Filters, { 'tag-value': ({ Tags }) => Tags.map(({ Value }) => Value) }),
  )
  const shown = IncludeInstances ? found : found.map((group) => ({ ...group, Instances: [] }))
  const { items, nextToken } = pageOf(shown, input)
  return { AutoScalingGroups: items, NextToken: nextToken }
}
