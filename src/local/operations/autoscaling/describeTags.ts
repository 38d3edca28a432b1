import { autoScalingPage } from '../../autoScalingPage.ts'
import { filtered } from '../../ec2Filters.ts'
import type { Operation, Wire } from '../../operation.ts'
import { refuseAs } from '../../refuseAs.ts'

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeTags.html */
export const describeTags: Operation = (input, { region }) => {
  const all: Wire[] = Object.values(region.autoScalingGroups).flatMap(({ group }) => group.Tags)
  const found = refuseAs('ValidationError', () =>
    filtered(all, input.Filters, {
      'auto-scaling-group': ({ ResourceId }) => ResourceId,
      key: ({ Key }) => Key,
      value: ({ Value }) => Value,
      'propagate-at-launch': ({ PropagateAtLaunch }) => PropagateAtLaunch,
    }),
  )
  return autoScalingPage('Tags', found, input)
}
