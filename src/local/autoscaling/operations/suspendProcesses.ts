// Suspends the given processes of a group, or all of them.
// https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_SuspendProcesses.html
import type { ScalingProcessQuery } from '@aws-sdk/client-auto-scaling'
import { secondOf } from '../activity.ts'
import { findGroup } from '../group.ts'
import { processesIn } from '../rules.ts'
import type { Nothing, Operation } from '../../world/operation.ts'

export const suspendProcesses: Operation<ScalingProcessQuery, Nothing> = (input, { region, now }): Nothing => {
  const { group } = findGroup(region, input.AutoScalingGroupName)
  const added = processesIn(input).filter(
    (name) => !group.SuspendedProcesses.some(({ ProcessName }) => ProcessName === name),
  )
  const SuspensionReason = `User suspended at ${secondOf(now)}`
  group.SuspendedProcesses.push(...added.map((ProcessName) => ({ ProcessName, SuspensionReason })))
  return {}
}
