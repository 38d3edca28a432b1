// Lists the instances of groups; unknown ids are skipped.
// https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeAutoScalingInstances.html
import type {
  AutoScalingInstanceDetails,
  AutoScalingInstancesType,
  DescribeAutoScalingInstancesType,
} from '@aws-sdk/client-auto-scaling'
import { pageOf } from '../page.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const describeAutoScalingInstances: Operation<DescribeAutoScalingInstancesType, AutoScalingInstancesType> = (
  input,
  { region },
): Wire<AutoScalingInstancesType> => {
  const { InstanceIds: ids = [] } = input
  const all = Object.values(region.autoScalingGroups).flatMap(({ group }) =>
    group.Instances.map((instance): Wire<AutoScalingInstanceDetails> => ({
      ...instance,
      AutoScalingGroupName: group.AutoScalingGroupName,
      // Only here AWS has it in capitals.
      HealthStatus: instance.HealthStatus.toUpperCase(),
    })),
  )
  const found = all.filter(({ InstanceId }) => ids.length === 0 || ids.includes(InstanceId))
  const { items, nextToken } = pageOf(found, input, { default: 50, max: 50 })
  return { AutoScalingInstances: items, NextToken: nextToken }
}
