// Resumes the given processes of a group, or all of them.
// https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_ResumeProcesses.html
import type { ScalingProcessQuery } from '@aws-sdk/client-auto-scaling'
import { findGroup, wakeGroup } from '../group.ts'
import { processesIn } from '../rules.ts'
import type { Nothing, Operation } from '../../world/operation.ts'

export const resumeProcesses: Operation<ScalingProcessQuery, Nothing> = (input, context): Nothing => {
  const record = findGroup(context.region, input.AutoScalingGroupName)
  const { group } = record
  const resumed = processesIn(input)
  group.SuspendedProcesses = group.SuspendedProcesses.filter(({ ProcessName }) => !resumed.includes(ProcessName))
  wakeGroup(context, record)
  return {}
}
