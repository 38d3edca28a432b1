// Lists the instances of groups; unknown ids are skipped.
// https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeAutoScalingInstances.html
import { pageOf } from '../page.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const describeAutoScalingInstances: Operation = (input, { region }) => {
  const { InstanceIds: ids = [] } = input
  const all: Wire[] = Object.values(region.autoScalingGroups).flatMap(({ group }) =>
    group.Instances.map((instance: Wire) => ({
      ...instance,
      AutoScalingGroupName: group.AutoScalingGroupName,
      // Only here AWS has it in capitals.
      HealthStatus: instance.HealthStatus.toUpperCase(),
    })),
  )
  const found = all.filter(({ InstanceId }) => ids.length === 0 || ids.includes(InstanceId))
  return pageOf('AutoScalingInstances', found, input, { default: 50, max: 50 })
}
