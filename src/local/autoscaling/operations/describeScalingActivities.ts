import { autoScalingPage } from '../page.ts'
import { AwsFault } from '../../world/fault.ts'
import type { Operation } from '../../world/operation.ts'
import { own } from '../../world/own.ts'
import type { Region } from '../../world/world.ts'

/** The activities of the last six weeks, the newest first; those of a deleted group are gone. https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeScalingActivities.html */
export const describeScalingActivities: Operation = (input, { region }) => {
  const { ActivityIds: ids = [], AutoScalingGroupName: name } = input
  const records = name === undefined ? Object.values(region.autoScalingGroups) : [groupOf(region, name)]
  const found = records
    .flatMap(({ activities }) => activities.map(({ activity }) => activity).toReversed())
    .filter(({ ActivityId }) => ids.length === 0 || ids.includes(ActivityId))
    .toSorted((a, b) => b.StartTime - a.StartTime)
  return autoScalingPage('Activities', found, input, { default: 100, max: 100 })
}

function groupOf(region: Region, name: string) {
  const found = own(region.autoScalingGroups, name)
  if (found) return found
  const message = `AutoScalingGroup name not found - AutoScalingGroup '${name}' not found`
  throw new AwsFault('ValidationError', message)
}
